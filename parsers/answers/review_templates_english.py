"""Ways to answer in English: families of phrases. Data only."""

from __future__ import annotations

ENGLISH = {
    "EALL": """
everyone|everybody|all|all of them|all {COUNT}|all of you|they all|all {COUNT} of them
all the people|all people|everyone listed|everybody listed|all staff|all employees
everyone on the list|everybody on the list|all on the list|all names|both|both of them
the whole list|the whole team|every one|they|all {COUNT} people|these|these {COUNT}|all listed
everyone in the list|all these|all these people|all persons
""",
    "ESTAY": """
is still here|are still here|still here|still work here|still works here|work here|works here
works in my team|work in my team|still work for me|still works for me|still works in my team
still work in my team|is still with us|are still with us|still with us|are still employed
is still employed|still employed|are employed|remain|remains|are correct|is correct|is fine
are fine|is accurate|are accurate|is up to date|are in my team|is in my team|still in my team
are still working here|is still working here|are still in my team|still on the team
are still on my team|are still in place|still works with us|still work with us|still working
are still working|working here|are working here|is right|are right|are still working for me|stay
stays|remain in their positions|remain in place|remain here
""",
    "ESINCE": """
since last time|since last quarter|since then|this time|this quarter|from my side|on my side
in my team|here|to report|from us|as before|as it stands|at all|in our team|on the list|from here
so far as the list goes|on our side|on my list
""",
    "EYES": """
{EALL} {ESTAY} {ESINCE}*|nobody has left {ESINCE}*|no one has left {ESINCE}*
none of them has left {ESINCE}*|none of them have left {ESINCE}*|no changes {ESINCE}*
no change {ESINCE}*|nothing to change {ESINCE}*|nothing to report {ESINCE}*
nothing has changed {ESINCE}*|all good {ESINCE}*|all correct|all is correct|all is well
the list is {ECORRECT} {ESINCE}*|the list looks {ECORRECT}|list is {ECORRECT} {ESINCE}*|looks good
looks good to me|looks correct|that is correct|this is correct|it is correct|correct|confirmed
i confirm the list|same people {ESINCE}*|same team {ESINCE}*|same as before|same as last time
nobody left {ESINCE}*|no one left {ESINCE}*|there are no changes {ESINCE}*
we have no changes {ESINCE}*|i have no changes {ESINCE}*|nothing new {ESINCE}*
everything is {ECORRECT} {ESINCE}*|everything is fine {ESINCE}*|your list is {ECORRECT} {ESINCE}*
list correct|no leavers {ESINCE}*|no one is leaving and no one has left {ESINCE}*
i still have all of them {ESINCE}*|they are all {EMP} {ESINCE}*|they all {ESTAY} {ESINCE}*
we are all still here|yes to all|yes to all {COUNT}|yes for all|yes all of them|yes all
yes they do|yes they are|yes everyone|yes everybody|i still have everyone|please keep all of them
keep everyone|please keep the list as it is
""",
    "EMP": """
here|still here|still employed|employed|with us|still with us|in my team|still in my team
working here|still working here|mine
""",
    "ECORRECT": """
correct|accurate|fine|right|ok|good|up to date|complete|still correct|still accurate|still valid
valid|in order|unchanged|still right
""",
    "EPRE": """
i can confirm that|i can confirm|i confirm that|i hereby confirm that|this is to confirm that
just to confirm|i have checked and|i have checked the list and|i checked the list and
i looked at the list and|checked|hereby i confirm that|happy to confirm that
i am happy to confirm that|we confirm that|we can confirm that|yes|yes i confirm that
i checked and|i went through the list and|please note that|as far as the list goes
having checked the list
""",
}
