package month

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// A Habit is how a publication works: when it publishes, what its lists say,
// what its server sends, and how it edits.
type Habit struct {
	Name        string
	PerDay      float64 // articles on a working day
	Weekend     float64 // the share of that on Saturdays and Sundays
	Open, Close int     // local hours between which anybody is there
	Zone        int     // hours east of Greenwich
	Rush        int     // a local hour in which half of the day's articles come; 0: none
	Only        int     // the one weekday on which it publishes, Monday being 1; 0: each

	Feed     string        // "rss", "atom" or ""
	FeedSize int           // entries
	TTL      time.Duration // what the feed asks for
	Tells    bool          // the feed's entries name when they were updated
	Sitemap  string        // "": none; "honest", "born" (lastmod is the birth), "crying" (lastmod is always now)
	Server   Validators
	Noisy    bool // pages differ at each answer by what is no journalism: a nonce, a counter, another teaser

	Edited    float64       // the share of articles that is edited in the ordinary way
	Edits     float64       // how often then, on average
	Median    time.Duration // the age by which half of the ordinary edits have come
	Spread    float64       // of the logarithm of that age
	Heavy     bool          // ages are log-logistic: the tail is heavier than the log-normal's
	Breaking  float64       // the share that is rewritten again and again while the news breaks
	Corrected float64       // the share that is corrected after a day or a week
	Tested    float64       // the share whose headline is tried in two forms, A→B→A
}

// Validators says what a server sends for conditional requests.
type Validators string

// The servers' ways. All but the first two were met in the field.
const (
	Both   Validators = "both"   // ETag and Last-Modified that hold
	Dated  Validators = "dated"  // Last-Modified alone
	None   Validators = "none"   // neither
	Random Validators = "random" // an ETag that is another one in each answer
	Future Validators = "future" // Last-Modified a day ahead of the clock
	Back   Validators = "back"   // two machines behind one address, one of them with an older date
)

// Usual are thirty sites to try a policy on.
func Usual() []Habit {
	var all []Habit
	add := func(n int, h Habit, vary func(i int, h *Habit)) {
		for i := range n {
			one := h
			if vary != nil {
				vary(i, &one)
			}
			all = append(all, one)
		}
	}
	add(3, Habit{Name: "agency", PerDay: 300, Weekend: 0.6, Close: 24, Feed: "atom", FeedSize: 100, Tells: true, Server: Both,
		Edited: 0.35, Edits: 2, Median: 40 * time.Minute, Spread: 1.3, Breaking: 0.02, Corrected: 0.02},
		func(i int, h *Habit) { h.Tells, h.FeedSize = i > 0, 50+25*i })
	add(5, Habit{Name: "national", PerDay: 100, Weekend: 0.6, Open: 5, Close: 24, Feed: "rss", FeedSize: 40, Server: Both, Sitemap: "honest",
		Edited: 0.5, Edits: 2.5, Median: 2 * time.Hour, Spread: 1.6, Breaking: 0.02, Corrected: 0.03, Tested: 0.08},
		func(i int, h *Habit) {
			h.Zone = i - 2
			h.Sitemap = []string{"honest", "born", "", "crying", "honest"}[i]
			h.Server = []Validators{Both, Dated, Random, Both, None}[i]
		})
	add(3, Habit{Name: "rush", PerDay: 60, Weekend: 0.3, Open: 6, Close: 22, Rush: 7, Feed: "rss", FeedSize: 10, TTL: 15 * time.Minute, Server: Dated,
		Edited: 0.3, Edits: 1.5, Median: time.Hour, Spread: 1.5, Breaking: 0.01, Corrected: 0.02}, func(i int, h *Habit) { h.Rush += 5 * i })
	add(7, Habit{Name: "local", PerDay: 20, Weekend: 0.1, Open: 7, Close: 19, Feed: "rss", FeedSize: 20, TTL: time.Hour, Server: Dated,
		Edited: 0.2, Edits: 1.3, Median: 3 * time.Hour, Spread: 1.5, Corrected: 0.02},
		func(i int, h *Habit) {
			h.Zone = []int{-8, -5, 0, 1, 1, 5, 9}[i]
			if i%3 == 0 {
				h.Weekend = 0
			}
			h.Server = []Validators{Dated, None, Both, Future, Back, Dated, Random}[i]
		})
	add(4, Habit{Name: "feedless", PerDay: 20, Weekend: 0.5, Open: 6, Close: 23, Server: None, Edited: 0.4, Edits: 2,
		Median: 90 * time.Minute, Spread: 1.5, Breaking: 0.01, Corrected: 0.03}, func(i int, h *Habit) { h.PerDay, h.Noisy = 10+10*float64(i), i == 2 })
	add(3, Habit{Name: "weekly", PerDay: 14, Open: 9, Close: 18, Only: 4, Feed: "rss", FeedSize: 30, TTL: 24 * time.Hour, Server: Both,
		Edited: 0.15, Edits: 1, Median: 8 * time.Hour, Spread: 1.2, Corrected: 0.04}, func(i int, h *Habit) { h.Only += i - 1 })
	add(2, Habit{Name: "magazine", PerDay: 4, Weekend: 0.5, Open: 9, Close: 20, Feed: "atom", FeedSize: 20, Tells: true, Server: Dated,
		Edited: 0.3, Edits: 1.5, Median: 5 * time.Hour, Spread: 1.8, Corrected: 0.05}, nil)
	add(3, Habit{Name: "blog", PerDay: 1, Weekend: 1, Open: 8, Close: 23, Feed: "rss", FeedSize: 10, TTL: time.Hour, Server: Both,
		Edited: 0.4, Edits: 2, Median: 30 * time.Minute, Spread: 1.5}, nil)
	return all
}

// Others are thirty sites of other makes, to judge a policy on that was made
// with the usual ones: each habit is drawn, and edits come by another law.
func Others(seed uint64) []Habit {
	r := rand.New(rand.NewPCG(seed, 30))
	between := func(low, high float64) float64 { return low + (high-low)*r.Float64() }
	var all []Habit
	for i := range 30 {
		h := Habit{
			Name: fmt.Sprintf("other%d", i), PerDay: []float64{1, 3, 8, 15, 30, 45, 70, 110, 160, 220}[i%10] * between(0.7, 1.3), Weekend: between(0, 0.9),
			Open: r.IntN(9), Close: 18 + r.IntN(7), Zone: r.IntN(24) - 11,
			Feed: []string{"rss", "rss", "atom", "atom", ""}[r.IntN(5)], FeedSize: []int{8, 15, 25, 60}[r.IntN(4)],
			TTL: []time.Duration{0, 0, 5 * time.Minute, 30 * time.Minute, time.Hour}[r.IntN(5)], Tells: r.IntN(3) == 0,
			Sitemap: []string{"", "", "honest", "born", "crying"}[r.IntN(5)],
			Server:  []Validators{Both, Both, Dated, None, Random, Future, Back}[r.IntN(7)],
			Edited:  between(0.05, 0.7), Edits: between(1, 3.5), Median: time.Duration(between(20, 420)) * time.Minute, Spread: between(0.6, 1.1),
			Heavy: true, Noisy: i%15 == 4, Breaking: between(0, 0.03), Corrected: between(0, 0.05), Tested: between(0, 0.1),
		}
		if r.IntN(5) == 0 {
			h.Rush = h.Open + 1
		}
		all = append(all, h)
	}
	return all
}
