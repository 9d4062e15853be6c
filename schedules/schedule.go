// Package schedules fires each schedule when it is due, once, and remembers it.
//
// Cron lines are read and evaluated by robfig/cron. What cron leaves open is
// decided here: zones, the hour that a clock change skips or repeats, fires
// that were missed while nobody ran, runs that outlast the next fire, and a
// history that survives restarts.
package schedules

import (
	"context"
	"time"
)

// A Schedule says when to crawl which sites. Either Cron or Every is set.
//
// The clock change: a fire whose local time is skipped comes at the moment of
// the change, and one whose local time comes twice comes the first time. A
// cron line that fires in every hour of the day names no local time and just
// goes on through both.
type Schedule struct {
	Name    string
	Cron    string        // five fields, or @hourly, @daily, @weekly, @monthly, @yearly
	Zone    string        // of Cron, as in "Europe/Berlin"; "" is the machine's
	Every   time.Duration // counted from the last fire, over restarts
	Sites   []string
	Jitter  time.Duration // shifts every fire by the same part of it, by the schedule's name
	CatchUp time.Duration // how late a missed fire is still made up for; 0 is DefaultCatchUp, negative never
	Overlap string        // Skip, QueueOne or Cancel, when the last run is still going; "" is Skip
	MaxRun  time.Duration // after which a run is cancelled; 0 means never
}

// A Pause is a time in which a schedule's fires are left out. What was begun
// before it goes on to its end, and nothing of it is made up for.
type Pause struct {
	Since time.Time // the zero time: since always
	Until time.Time // zero while it lasts
	Why   string    // in words; may be empty
}

// Holds tells whether a fire due at a time falls into the pause.
func (p Pause) Holds(due time.Time) bool {
	return !due.Before(p.Since) && (p.Until.IsZero() || due.Before(p.Until))
}

// DefaultCatchUp is how late a missed fire is made up for if a schedule
// doesn't say.
const DefaultCatchUp = 24 * time.Hour

// What happens to a fire while the last run is still going.
const (
	Skip     = "skip"      // it is left out
	QueueOne = "queue-one" // it runs afterwards; at most one waits
	Cancel   = "cancel"    // the run is cancelled in its favour
)

// Why a fire runs.
const (
	ByCron  = "cron"
	ByEvery = "every"
	CatchUp = "catch-up" // late by more than a minute, since nobody ran
)

// How a fire stands.
const (
	Running   = "running"
	Done      = "done"
	Failed    = "failed"
	Cancelled = "cancelled" // by the process's end, or in favour of the next fire
	Overran   = "overran"   // cancelled after MaxRun
	Skipped   = "skipped"   // the last run was still going, or the schedule was paused
	Missed    = "missed"    // nobody ran, and it was too late to make up for it
)

// A Fire is one time at which a schedule was due, and what became of it.
type Fire struct {
	Schedule string
	Sites    []string
	Planned  time.Time // by the schedule; with its name the fire's identity
	Due      time.Time // Planned with the schedule's jitter
	Started  time.Time
	Ended    time.Time // zero while it runs, and after a crash
	Cause    string    // ByCron, ByEvery or CatchUp
	Late     time.Duration
	Passed   int // earlier fires that this one stands for
	Status   string
	Why      string // in words, when there is something to say: "late by 2h", an error
}

// History keeps fires. One fire is one row, by Schedule and Planned.
type History interface {
	// Last is the fire of a schedule with the latest Planned, of any status.
	Last(ctx context.Context, schedule string) (Fire, bool, error)
	// Begin adds the fire if there is none of its Schedule and Planned;
	// otherwise somebody else has it, and won is false.
	Begin(ctx context.Context, f Fire) (won bool, err error)
	// Finish replaces the row with how the fire ended.
	Finish(ctx context.Context, f Fire) error
}
