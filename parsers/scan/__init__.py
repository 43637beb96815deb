"""Pictures of forms to readings: laid on the blank, cut out, read by several, voted on."""
