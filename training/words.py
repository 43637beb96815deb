"""The parts that made-up lines are put together from."""

GIVEN = (
    "Anna Åsa Åke Örjan Östen Björn Märta Kerstin Håkan Göran Gösta Sören Jörgen Pär Mårten Måns Märit "
    "Ängla Linnéa Andréa René Desirée Noël Zoë Chloé Hélène Jürgen Günther Mia Ida Eva Ulla Bo Bengt Lars "
    "Karl Sven Nils Erik Olof Per Johan Maria Elisabeth Karin Birgitta Ingrid Margareta Sara Emma Elin Maja "
    "Alva Ebba Wilma Ella Hugo Oskar William Liam Noah Elias Lucas Oliver Alexander Viktor Filip Gustav Axel "
    "Mohammed Mohamed Ahmed Ali Hassan Hussein Abdi Abdullahi Fatima Fatuma Amina Hodan Ayaan Farhiya Yusuf "
    "Ibrahim Omar Osman Khadija Zahra Maryam Reza Shirin Parisa Behrouz Farhad Nasrin Kaveh Arash Leyla Dilan "
    "Aino Väinö Päivi Sirpa Marjatta Jukka Pekka Timo Yrjö Töre Hyvönen Päivikki Kaarina Seija José Jesús "
    "María Andrés Sofía Lucía Iñigo Begoña Nuño Joaquín Agnieszka Małgorzata Zbigniew Krzysztof Łukasz Paweł "
    "Grażyna Bożena Stanisław Katarzyna Amra Emina Senad Haris Željko Šefik Đorđe Ćamil Mirza Jasmina Selma "
    "Tesfaye Selam Yohannes Mehret Hagos Berhane Tsegay Letebrhan Hiwot Abeba Kidane Saba François Zoé Jérôme "
    "Søren Jørgen Bjørn Håkon Øystein Kåre Åsmund Gülsüm Şule Müge Özlem Ümit Ömer Nguyen Thuy Wei Xin Yuki "
    "Ronja Tuva Signe Alma Freja Stina Tove Vera Tyra Svea Ylva Yngve Åsne Örn Åshild Ärla Östana Öivind"
).split()
SURNAMES = (
    "Andersson Åberg Öberg Ångström Öhman Ödman Ström Sjöberg Sjögren Åkesson Åström Älvgren Äng Önnerfält "
    "Norén Lindén Thorén Wallén Ågren Öst Hägg Häll Hård Högström Nyström Grönqvist Fältskog Blåfield Rådström "
    "Al-Hassan Al-Jabouri Abdulkadir Abukar Warsame Hirsi Farah Jama Nur Mohamud Haddad Khalil Saleh Nasser "
    "Karimi Hosseini Rezaei Ahmadi Tehrani Jafari Mousavi Virtanen Korhonen Nieminen Mäkinen Hämäläinen "
    "Järvinen Lehtonen Väisänen Pöyhönen Ylönen García Rodríguez Muñoz Núñez Peña Fernández Gómez Íñiguez "
    "Kowalski Wiśniewska Wójcik Dąbrowska Zieliński Łukasik Święcicki Żak Hodžić Kovačević Šarić Đurić Čaušević "
    "Mehmedović Petrović Tesfamichael Gebremedhin Woldu Haile Ghebre Berhe Tekle Öztürk Yılmaz Şahin Çelik Güneş "
    "Müller Schröder Großmann Jäger Weiß Köhler Dubois Lefèvre Bergström Nguyen Tran Li Wang Zhang Ek Ask Al Bo "
    "Sørensen Kjær Bjørnstad Nørgaard Ødegård Ås Rask Modig Frisk Lindh Lind Dahlbäck Wåhlin Wärn Löf Löfgren "
    "MacDonald McCarthy DeWitt Smith Jones Kaur Singh Patel Sharma Okafor Adeyemi Mbeki N'Diaye Xhosa Quist"
).split()
FIRST = (
    "Berg Lind Ny Sjö Ström Ek Ask Björk Al Gran Hall Häll Öst Väst Norr Sö Äng Åker Ång Löv Blom Ros Sand Sten "
    "Strand Holm Lund Skog Fors Back Dal Hög Hägg Hed Käll Kvarn Lill Mo Mark Näs Os Palm Rö Sund Säf Tall Torn "
    "Tång Wall Vik Zetter Åh Öd Ör Edel Fager Gyllen Silver Guld Stål Järn Kron Lager Ceder"
).split()
LAST = (
    "kvist qvist gren ström berg dahl mark lund man qvarn sten strand holm skog fors back dal hed feldt gård "
    "ling lin én mo blad bäck ros stedt stad sjö ås näs rot stam löf kvarn by dén skiöld hielm crona"
).split()
PREFIXES = (
    "von",
    "af",
    "de",
    "van",
    "de la",
    "Ibn",
    "El",
    "Al",
    "von der",
    "Abu",
    "Bin",
    "zu",
    "da",
)
SYLLABLES = (
    "an ka ri lo be ås ön är sta vik mo der ell ham za kri ul my ty fö rå gö lä wen jo qu xi ya no pe tu "
    "sha gh kh dj fa mi rre tt ll nn ss ie ei ou au é gå bö nä hä lö så mä pö rö ås äl öd ia io ek os um "
    "ck gn skj tj ng st tr pl bl gr br kn sv sk fr dr"
).split()
PLACES = (
    "Järfälla|Jakobsberg|Kallhäll|Viksjö|Barkarby|Skälby|Söderköping|Åre|Örebro|Östersund|Ängelholm|Malmö|Umeå|"
    "Växjö|Piteå|Luleå|Gävle|Borås|Mölndal|Härnösand|Köping|Åmål|Öregrund|Upplands Väsby|Upplands-Bro|Sollentuna|"
    "Stockholm|Uppsala|Göteborg|Norrköping|Linköping|Jönköping|Eskilstuna|Västerås|Södertälje|Nynäshamn|Vänersborg|"
    "Sundbyberg|Täby|Värmdö|Lidingö|Ekerö|Håbo|Enköping|Sigtuna|Märsta|Rinkeby|Kista|Hässelby|Vällingby"
).split("|")
PLACE_HEADS = (
    "Björk Alm Ek Ask Lind Tall Gran Sol Kvarn Kyrk Lilla Stora Norr Söder Öster Väster Ängs Åkers Sjö Berg Sten "
    "Dal Hag Hammar Lövs Mälar Rös Säter Tegel Ulriks Vik Ystra Ång Ärle Öde Fjäll Hög Karls Kungs Drottning"
).split()
PLACE_TAILS = (
    "by byn berga köping stad sta vik viken näs torp ås åsen ön holm hult löv lunda gården gård strand sätra fors "
    "bro backen dalen ängen ängar hed höjden parken sund hamn skär"
).split()
UNIT_HEADS = (
    "Björkgården Solgläntan Kvarnbacken Almgården Ekbacken Tallhöjden Lindgården Rosengården Ängsgården Älvgården "
    "Åkerhöjden Åsgården Örnen Östergården Vintergatan Regnbågen Gläntan Myran Smultronstället Blåklinten Tornet "
    "Kärnan Källan Bryggan Fyren Kompassen Stjärnan Månen Hästhoven Snäckan Sjöstugan Olovslund Dackehuset"
).split()
UNIT_TAILS = (
    "",
    "",
    " servicehus",
    " förskola",
    " vård- och omsorgsboende",
    " gruppbostad",
    " dagverksamhet",
    " skola",
    " korttidsboende",
    " äldreboende",
    " LSS-boende",
    " demensboende",
    " hus A",
    " vårdcentral",
    " familjecentral",
    " stödboende",
    " träffpunkt",
    " särskola",
    " bibliotek",
    " kök",
    " rehab",
    " HVB",
)
ARTS = (
    "Hemtjänsten|Hemtjänst|Hemsjukvården|Rehabenheten|Boendestöd|Personlig assistans|Nattpatrullen|Biståndsenheten|"
    "Daglig verksamhet|Socialpsykiatrin|Larmgruppen|Kommunrehab|Elevhälsan|Förskolan|Skolan|Äldreomsorgen|Kansliet|"
    "Kostenheten|Fältgruppen|Ungdomsmottagningen|Familjerätten|Vuxenenheten|Barnenheten|Försörjningsstöd|Servicecenter|"
    "IT-avdelningen|HR|Ekonomi|Växeln|Registratur|Sjuksköterskegruppen|Korttidsvården|Träningsboendet|Omvårdnaden"
).split("|")
QUALIFIERS = (
    "Öst Väst Norr Söder Syd Nord Centrum Natt Dag Kväll A B C Nordost Sydväst Inre Yttre Övre Nedre Norra Södra "
    "Östra Västra Ett Två Tre Grön Blå Röd Ä Å Ö Helg"
).split()
TITLES = (
    "Undersköterska|Sjuksköterska|Vårdbiträde|Enhetschef|Verksamhetschef|Fysioterapeut|Arbetsterapeut|Logoped|Kurator|"
    "Läkare|Psykolog|Dietist|Tandläkare|Barnmorska|Distriktssköterska|Specialistsjuksköterska|Skolsköterska|Socionom|"
    "Biståndshandläggare|Socialsekreterare|Medicinskt ansvarig sjuksköterska|MAS|MAR|Rehabassistent|Stödassistent|"
    "Stödpedagog|Boendestödjare|Personlig assistent|Administratör|Systemförvaltare|IT-tekniker|Förskollärare|Barnskötare|"
    "Rektor|Elevassistent|Vikarie|Timvikarie|Semestervikarie|Samordnare|Planerare|Gruppledare|Bitr. enhetschef|Kock"
).split("|")
HEADS = (
    "Under Sjuk Vård Äldre Hem Barn Ungdoms Familje Skol Distrikts Natt Omsorgs Rehab Fält Kost Drifts Kvalitets "
    "Utvecklings Projekt Enhets Verksamhets Avdelnings Biträdande Social Bistånds Löne Ekonomi Informations Språk Miljö "
    "Bygg Trafik Hälso Träd Färd Höst Arbets Läkar Tand Öron Ögon Hjärt Lung"
).split()
TAILS = (
    "sköterska biträde chef ledare samordnare handläggare sekreterare assistent terapeut pedagog lärare skötare tekniker "
    "förvaltare controller konsult strateg rådgivare utredare ombud planerare ingenjör vägledare stödjare värd"
).split()
BEARERS = (
    "Leg.|Bitr.|Tf|Vik.|Första|Medicinskt ansvarig|Specialist|Administrativ|Ansvarig|Legitimerad|1:e|Stf|Extra|Ställföreträdande"
).split("|")
MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()
)
