package report

import (
	"fmt"
	"slices"
)

// StealthShare is how many of a paper's changes, in percent, it said nothing of.
func (p Paper) StealthShare() int {
	if p.Changed == 0 {
		return 0
	}
	return (100*p.Stealth + p.Changed/2) / p.Changed
}

// firstEdit says within which time half of the edited articles had their first
// edit; "" when that is not known.
func (p Paper) firstEdit() string {
	m := p.FirstEdit
	switch {
	case m == 0:
		return ""
	case m < 120:
		return fmt.Sprintf("%d min", m)
	case m < 72*60:
		return fmt.Sprintf("%d h", (m+59)/60)
	}
	return fmt.Sprintf("%d days", (m+24*60-1)/(24*60))
}

func median(list []int) int {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	n := len(list)
	return (list[(n-1)/2] + list[n/2] + 1) / 2
}
