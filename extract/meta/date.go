package meta

import (
	"encoding/json"
	"fmt"
	"time"
)

// A Date is a moment that a page names. Many pages name a day only, and a day
// is not midnight: DayOnly keeps the difference.
// The zero Date means that the page names none.
type Date struct {
	Time    time.Time
	DayOnly bool
}

// IsZero reports whether the page names no date.
func (d Date) IsZero() bool { return d.Time.IsZero() }

// Equal reports whether two dates name the same moment with the same precision.
func (d Date) Equal(e Date) bool { return d.DayOnly == e.DayOnly && d.Time.Equal(e.Time) }

// String gives "2006-01-02" for a day, RFC 3339 with the page's own zone for a
// moment, and "" for none. ParseDate reads it back.
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.DayOnly:
		return d.Time.Format(time.DateOnly)
	}
	return d.Time.Format(time.RFC3339)
}

// ParseDate reads what String writes.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return Date{Time: t, DayOnly: true}, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: want 2006-01-02 or RFC 3339", s)
	}
	return Date{Time: t}, nil
}

// MarshalJSON writes String.
func (d Date) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// UnmarshalJSON reads what MarshalJSON writes, and null.
func (d *Date) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	var err error
	*d, err = ParseDate(s)
	return err
}
