package report

import (
	"fmt"
	"time"
)

const (
	dayLayout  = "Mon 2 Jan 2006"
	hourLayout = "15:04"
)

// moment is a time for people.
func moment(t time.Time, zone *time.Location) string {
	return t.In(zone).Format(dayLayout + " " + hourLayout)
}

// Interval says when the change was made, as far as anyone but the paper can
// know: between the last look that saw the old text and the first that saw the new.
func (c Card) Interval(zone *time.Location) string {
	after, before := c.After.In(zone), c.Before.In(zone)
	switch {
	case after.Equal(before):
		return "at " + moment(before, zone) + " at the latest"
	case before.Sub(after) < 2*time.Minute:
		return fmt.Sprintf("%s between %s and %s", before.Format(dayLayout), after.Format(time.TimeOnly), before.Format(time.TimeOnly))
	case after.Format(dayLayout) == before.Format(dayLayout):
		return fmt.Sprintf("%s between %s and %s", after.Format(dayLayout), after.Format(hourLayout), before.Format(hourLayout))
	case after.Year() == before.Year():
		return fmt.Sprintf("between %s and %s", after.Format("Mon 2 Jan "+hourLayout), moment(before, zone))
	}
	return fmt.Sprintf("between %s and %s", moment(after, zone), moment(before, zone))
}

// Age is how long after publication the change was made, "" when that can't be told.
func (c Card) Age() string {
	from, to := c.After.Sub(c.Published), c.Before.Sub(c.Published)
	if c.Published.IsZero() || to <= 0 {
		return ""
	}
	unit, name := time.Minute, "min"
	switch {
	case to >= 72*time.Hour:
		unit, name = 24*time.Hour, "days"
	case to >= 2*time.Hour:
		unit, name = time.Hour, "h"
	}
	low, high := int(max(from, 0)/unit), int((to+unit-1)/unit)
	switch {
	case low == 0:
		return fmt.Sprintf("within %d %s of publication", high, name)
	case low == high:
		return fmt.Sprintf("%d %s after publication", low, name)
	}
	return fmt.Sprintf("%d–%d %s after publication", low, high, name)
}

// span is the time that the report speaks of.
func (r *Report) span(zone *time.Location) string {
	until := moment(r.Until, zone)
	if name := zone.String(); name != "Local" {
		until += " · " + name
	} else {
		until = r.Until.In(zone).Format(dayLayout + " " + hourLayout + " MST")
	}
	from := "from the beginning to "
	if !r.Since.IsZero() {
		from = moment(r.Since, zone) + " – "
	}
	if r.Cursor != "" {
		until += " · what “" + r.Cursor + "” has not been told"
	}
	return from + until
}
