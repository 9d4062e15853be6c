package report

// Brief is the report with no more than so many changes of each sort, for what
// takes no message of any size: the gravest and newest. The counts stay those
// of all.
func (r *Report) Brief(most int) *Report {
	short := *r
	for _, list := range []*[]Card{&short.Cards, &short.Withdrawn, &short.Small, &short.Doubtful} {
		if n := len(*list); n > most {
			*list = (*list)[:most:most]
			short.Omitted += n - most
		}
	}
	if len(short.Corrections) > most {
		short.Corrections = short.Corrections[:most:most]
	}
	if len(short.Stories) > most {
		short.Stories = short.Stories[:most:most]
	}
	return &short
}
