package schedules

import (
	"errors"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zones must work where the system has none
	"unicode/utf8"

	"github.com/robfig/cron/v3"
)

// A ParseError says what is wrong with a schedule, where, and what to write.
type ParseError struct {
	Schedule string
	Key      string // of the Schedule's fields: "cron", "zone", …
	Text     string // its value
	Offset   int    // where in Text the fault begins
	Length   int    // how far it goes
	Reason   string
	Hint     string // what to do; may be empty
}

func (e *ParseError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "schedule %q: %s", e.Schedule, e.Key)
	if e.Text != "" {
		fmt.Fprintf(&b, " %q", e.Text)
	}
	fmt.Fprintf(&b, ": %s", e.Reason)
	if e.Hint != "" {
		fmt.Fprintf(&b, " (%s)", e.Hint)
	}
	return b.String()
}

// Caret is two lines: the value, and carets under the fault. Empty when the
// fault is in no particular place.
func (e *ParseError) Caret() string {
	if e.Text == "" || e.Length == 0 {
		return ""
	}
	blank := func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}
	return e.Text + "\n" + strings.Map(blank, e.Text[:e.Offset]) + strings.Repeat("^", utf8.RuneCountInString(e.Text[e.Offset:e.Offset+e.Length]))
}

// A Plan is a schedule that was found to be valid.
type Plan struct {
	Schedule
	zone      *time.Location
	spec      cron.Schedule // evaluated on wall-clock times written as UTC; nil with Every
	everyHour bool
	shift     time.Duration // of every fire, by the jitter
}

const longestCron = 500

// Parse checks a schedule. Its errors are *ParseError.
func Parse(s Schedule) (*Plan, error) {
	fail := func(key, text, reason, hint string) (*Plan, error) {
		return nil, &ParseError{Schedule: s.Name, Key: key, Text: text, Length: len(text), Reason: reason, Hint: hint}
	}
	s.Cron = strings.TrimSpace(s.Cron)
	if rest, ok := strings.CutPrefix(s.Cron, "@every"); ok && s.Every == 0 {
		d, err := time.ParseDuration(strings.TrimSpace(rest))
		if err != nil {
			return fail("cron", s.Cron, "no duration after @every", "as in @every 15m")
		}
		s.Cron, s.Every = "", d
	}
	switch {
	case s.Name == "":
		return fail("name", "", "is empty", "")
	case s.Cron == "" && s.Every == 0:
		return fail("cron", "", "neither cron nor every is set", `as in cron: "0 6 * * *", or every: 15m`)
	case s.Cron != "" && s.Every != 0:
		return fail("every", s.Every.String(), "cron is set too", "keep one of the two")
	case s.Cron == "" && s.Every < time.Second:
		return fail("every", s.Every.String(), "is shorter than a second", "")
	case s.Jitter < 0:
		return fail("jitter", s.Jitter.String(), "is negative", "")
	case s.MaxRun < 0:
		return fail("max_run", s.MaxRun.String(), "is negative", "0 means no limit")
	case len(s.Cron) > longestCron:
		return fail("cron", s.Cron[:40]+"…", fmt.Sprintf("is longer than %d bytes", longestCron), "")
	}
	switch s.Overlap {
	case "":
		s.Overlap = Skip
	case Skip, QueueOne, Cancel:
	default:
		return fail("overlap", s.Overlap, "there is no such policy", "skip, queue-one or cancel")
	}
	if s.CatchUp == 0 {
		s.CatchUp = DefaultCatchUp
	}
	p := &Plan{Schedule: s, shift: shift(s.Name, s.Jitter)}
	fields := s.Cron
	if name, rest, ok := leadingZone(s.Cron); ok {
		switch {
		case rest == "":
			return fail("cron", s.Cron, "a zone and no times", "as in "+s.Cron+" 0 6 * * *")
		case s.Zone != "" && s.Zone != name:
			return fail("cron", s.Cron, "names another zone than the schedule, "+s.Zone, "keep one of the two")
		}
		p.Zone, fields = name, rest
	}
	var err error
	if p.zone, err = zone(p.Zone); err != nil {
		return fail("zone", p.Zone, "there is no such zone", `zones are named as in "Europe/Berlin" or "UTC"`)
	}
	if s.Every > 0 {
		return p, nil
	}
	if err := p.parseCron(fields); err != nil {
		return nil, err
	}
	return p, nil
}

// leadingZone splits CRON_TZ=Europe/Berlin off a cron line.
func leadingZone(line string) (zone, rest string, ok bool) {
	after, ok := strings.CutPrefix(line, "CRON_TZ=")
	if !ok {
		if after, ok = strings.CutPrefix(line, "TZ="); !ok {
			return "", line, false
		}
	}
	if i := strings.IndexAny(after, " \t"); i >= 0 {
		return after[:i], strings.TrimSpace(after[i:]), true
	}
	return after, "", true
}

func zone(name string) (*time.Location, error) {
	if name == "" {
		return time.Local, nil
	}
	return time.LoadLocation(name)
}

// descriptors are cron's names for common lines.
func descriptors() map[string]string {
	return map[string]string{
		"@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
		"@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
	}
}

// parseCron reads the five fields. Offsets count in p.Cron, of which line is
// the end.
func (p *Plan) parseCron(line string) error {
	at := len(p.Cron) - len(line)
	fail := func(offset, length int, reason, hint string) error {
		return &ParseError{Schedule: p.Name, Key: "cron", Text: p.Cron, Offset: offset, Length: length, Reason: reason, Hint: hint}
	}
	if strings.HasPrefix(line, "@") {
		full, ok := descriptors()[line]
		switch {
		case line == "@reboot":
			return fail(at, len(line), "is not supported", "what was missed while nothing ran is made up for at the start; use every")
		case !ok:
			return fail(at, len(line), "there is no such name", "@hourly, @daily, @weekly, @monthly, @yearly, @every 15m")
		}
		spec, err := parseSpec(full)
		if err != nil {
			return fail(at, len(line), err.Error(), "")
		}
		p.take(spec)
		return nil
	}
	names := []string{"minute", "hour", "day of month", "month", "weekday"}
	fields := strings.Fields(line)
	if len(fields) != len(names) {
		hint := "minute, hour, day of month, month, weekday, as in 0 6 * * *"
		if len(fields) == len(names)+1 {
			hint = "seconds are not supported: leave out the first field"
		}
		return fail(at, len(line), fmt.Sprintf("%d fields, five are needed", len(fields)), hint)
	}
	offset := at
	for i, field := range fields {
		offset += strings.Index(p.Cron[offset:], field)
		alone := []string{"*", "*", "*", "*", "*"}
		alone[i] = field
		if err := parseField(field, strings.Join(alone, " ")); err != nil {
			return fail(offset, len(field), names[i]+": "+err.Error(), fieldHint(i, field))
		}
		offset += len(field)
	}
	spec, err := parseSpec(strings.Join(fields, " "))
	if err != nil {
		return fail(at, len(line), err.Error(), "")
	}
	p.take(spec)
	if spec.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return fail(at, len(line), "never fires: there is no such date", "day 30 and 31 don't exist in every month")
	}
	return nil
}

func (p *Plan) take(spec *cron.SpecSchedule) {
	const hours = 1<<24 - 1
	p.spec = spec
	p.everyHour = spec.Hour&hours == hours
}

func parseField(field, line string) error {
	for _, part := range strings.Split(field, ",") {
		if part == "" {
			return errors.New("a value is missing beside a comma")
		}
	}
	_, err := parseSpec(line)
	return err
}

// parseSpec is cron's parser, on UTC, with its panics as errors.
func parseSpec(line string) (spec *cron.SpecSchedule, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("cannot be read: %v", p)
		}
	}()
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	s, err := parser.Parse("CRON_TZ=UTC " + line)
	if err != nil {
		return nil, err
	}
	spec, ok := s.(*cron.SpecSchedule)
	if !ok {
		return nil, fmt.Errorf("is a %T", s)
	}
	return spec, nil
}

func fieldHint(i int, field string) string {
	switch {
	case strings.ContainsAny(field, "LW#lw") && (i == 2 || i == 4) && !strings.ContainsAny(field, "eE"):
		return "L, W and # are not supported"
	case i == 4 && strings.Contains(field, "7"):
		return "Sunday is 0 or SUN"
	case strings.Contains(field, "-"):
		return "a range goes upwards; one that wraps is two, as in 22-23,0-5"
	}
	limits := []string{"0 to 59", "0 to 23", "1 to 31", "1 to 12 or JAN to DEC", "0 to 6 or SUN to SAT"}
	return limits[i] + ", *, */n, a-b, a,b"
}
