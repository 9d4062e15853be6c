package frontier

import (
	"math"
	"time"
)

// How often an article is looked at follows from how many edits are expected.
// They are expected by its age, by what its own past shows and by what the
// site's other articles have taught:
//
//   - Each time that an article's age grows e-fold, it is edited some number of
//     times: first as often as others of its site, then as often as it was so
//     far. Past half a working day edits become rarer than that.
//   - An edit is echoed: some more are expected right after it. While several
//     follow each other, they are expected to go on as fast.
//
// A look is due when the edits expected since the last one have waited for
// lateness, in sum. So the pause grows with the square root of the time between
// edits, which finds most editions early with the fewest requests.
//
// The numbers are those that did best in the worlds of package month that
// TestFreshness calls the usual sites; see testdata/freshness.txt.
const (
	lateness  = 6 * time.Minute
	youth     = 20 * time.Minute // an article's age counts from so long before its birth
	halfDay   = 6 * time.Hour    // the age from which edits become rarer
	usually   = 0.3              // edits for each e-fold of age, where nothing is known of a site
	trust     = 1.0              // e-folds of its own past that weigh as much as what is known of the site
	siteTrust = 20.0             // e-folds of a site's pages that weigh as much as usually
	echoes    = 0.03             // edits expected for each e-fold of the time since the last edit
	echoStart = 20 * time.Minute // where that time counts from, as youth
	burst     = 3                // edits from which an article is rewritten again and again, until it rests for longer than between them
	ageShare  = 50               // a pause is never less than this part of the age
)

// A Habit is what the articles of a site have taught about its edits.
type Habit struct {
	Edits float64 // for each e-fold of age; 0: nothing is known
	Noisy bool    // pages differ at each look, by what is no journalism
}

// edited says whether a change that is found now is an edit that nobody told of.
// What a list tells of need not be looked for.
func (it Item) edited() bool { return it.Kind == Page && it.Checks > 0 && !it.Told }

// born is when an article was published, as far as is known.
func (it Item) born() time.Time {
	if !it.Published.IsZero() && it.Published.Before(it.FirstSeen) {
		return it.Published
	}
	return it.FirstSeen
}

// watched is by how many e-folds an article has aged since it was first seen.
func (it Item) watched(now time.Time) float64 {
	born := it.born()
	from, to := it.FirstSeen.Sub(born)+youth, now.Sub(born)+youth
	return math.Log(float64(max(from, to)) / float64(from))
}

// pagePause is how long an article may be left alone.
func pagePause(before Item, o Outcome, now time.Time) time.Duration {
	born := before.born()
	if born.IsZero() || born.After(now) {
		born = now
	}
	edits, last, habit := float64(before.Changes), before.LastChanged, before.Habit
	if o.Result == Changed {
		last = now
		if before.edited() {
			edits++
		}
	}
	if habit.Edits == 0 {
		habit.Edits = usually
	}
	echoed := before.Checks > 0 && last.After(born)
	if habit.Noisy { // a change says nothing
		edits, echoed, habit.Edits = 0, false, usually
	}
	age := now.Sub(born)
	each := (trust*habit.Edits + edits) / (trust + before.watched(now))
	expected := each * rarer(age, youth)
	if echoed {
		expected += echoes * rarer(now.Sub(last), echoStart)
		if quiet := now.Sub(last); edits >= burst && float64(quiet)*edits < float64(age) {
			expected = max(expected, edits/max(age, youth).Hours())
		}
	}
	// expected × pause² / 2 = lateness
	pause := time.Duration(math.Sqrt(2*lateness.Hours()/expected) * float64(time.Hour))
	return min(max(pause, age/ageShare, soonest), slowestPage)
}

// rarer is how many e-folds there are in an hour at an age, and fewer of them
// past half a day.
func rarer(age, start time.Duration) float64 {
	return 1 / (age + start).Hours() / (1 + age.Hours()/halfDay.Hours())
}
