package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"pressmark/extract/dedup"
)

// perDay is how many texts come on a day, and mostDays how much later than its original a copy comes.
const (
	perDay   = 5000
	mostDays = 7
)

// A made text is known by the number of its story's first one.
type made struct {
	text  dedup.Text
	kind  string
	story int
	from  int // the text that it is made from
}

// A desk invents texts from a row of random numbers: the same ones for the same seed.
type desk struct {
	r      *rand.Rand
	words  []string
	names  []string
	recent []made // of perDay*mostDays originals, in a ring
	n      int
}

func newDesk(seed uint64) *desk {
	d := &desk{r: rand.New(rand.NewPCG(seed, 7))}
	d.words, d.names = d.lexicon(6000), d.lexicon(8000)
	for i, s := range d.names {
		d.names[i] = strings.ToUpper(s[:1]) + s[1:]
	}
	return d
}

func (d *desk) lexicon(n int) (list []string) {
	heads := strings.Fields("b br c ch d dr f fl g gr h j k kl l m n p pl qu r s sh sk st t tr v w z")
	hearts := strings.Fields("a e i o u ai ea ee oo ou")
	tails := strings.Fields("b d g k l ll m n nd ng nt p r rd rk s sh st t ver ning ly")
	for len(list) < n {
		var w strings.Builder
		for range 1 + d.r.IntN(3) {
			w.WriteString(heads[d.r.IntN(len(heads))] + hearts[d.r.IntN(len(hearts))])
		}
		list = append(list, w.String()+tails[d.r.IntN(len(tails))])
	}
	return list
}

// word draws by Zipf's law, as in a language: few words make most of a text.
func (d *desk) word() string {
	return d.words[int(math.Pow(float64(len(d.words)), d.r.Float64()))-1]
}

func (d *desk) name() string { return d.names[d.r.IntN(len(d.names))] }

var small = strings.Fields("the of and in to a for on with by at from that was had")

func (d *desk) sentence(who []string) string {
	var w []string
	for i := range 10 + d.r.IntN(14) {
		switch x := d.r.Float64(); {
		case i%2 == 1 && x < 0.7:
			w = append(w, small[d.r.IntN(len(small))])
		case x < 0.14:
			w = append(w, who[d.r.IntN(len(who))])
		case x < 0.18:
			w = append(w, fmt.Sprint(2+d.r.IntN(9000)))
		default:
			w = append(w, d.word())
		}
	}
	w[0] = strings.ToUpper(w[0][:1]) + w[0][1:]
	return strings.Join(w, " ") + "."
}

func (d *desk) original() dedup.Text {
	who := make([]string, 8)
	for i := range who {
		who[i] = d.name()
	}
	t := dedup.Text{Title: strings.TrimSuffix(d.sentence(who), "."), Site: d.site()}
	t.Body = strings.Join(d.paragraphs(6+d.r.IntN(10), who), "\n\n")
	return t
}

func (d *desk) paragraphs(n int, who []string) (p []string) {
	for range n {
		p = append(p, d.sentence(who)+" "+d.sentence(who))
	}
	return p
}

func (d *desk) site() string { return fmt.Sprintf("paper%d.test", d.r.IntN(400)) }

// spin replaces a share of the words that are no names and no figures.
func (d *desk) spin(s string, share float64) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		if c := w[0:min(1, len(w))]; c >= "a" && !strings.ContainsAny(w, ".\n") && !slices.Contains(small, w) && d.r.Float64() < share {
			words[i] = d.word()
		}
	}
	return strings.Join(words, " ")
}

// next gives the next text of the stream.
func (d *desk) next() made {
	m := made{kind: "original", story: d.n, from: d.n}
	x := d.r.Float64()
	if len(d.recent) > 0 && x < 0.40 {
		from := d.recent[d.r.IntN(len(d.recent))]
		p := strings.Split(from.text.Body, "\n\n")
		m.text, m.from, m.story = from.text, from.from, from.story
		m.text.Site = d.site()
		switch {
		case x < 0.10:
			m.kind = "copy"
			m.text.Body += "\n\n" + d.sentence(d.names)
		case x < 0.18:
			m.kind, m.text.Body = "cut", strings.Join(p[:max(3, len(p)/2)], "\n\n")
		case x < 0.26:
			m.kind, m.text.Title, m.text.Body = "spun", d.spin(m.text.Title, 0.25), d.spin(m.text.Body, 0.25)
		case x < 0.32:
			m.kind, m.text.Body = "combined", d.spin(strings.Join(p[:max(4, len(p)*2/3)], "\n\n"), 0.25)
		case x < 0.36:
			m.kind, m.story, m.text = "follow-up", d.n, d.original()
			m.text.Site = from.text.Site
			m.text.Body += "\n\n" + strings.Join(p[len(p)*2/3:], "\n\n")
		default:
			m.kind, m.story = "template", d.n
			m.text = dedup.Text{Site: from.text.Site, Title: d.name() + " reports results of its quarter"}
			m.text.Body = fmt.Sprintf("%s of %s on Thursday reported net income of %d million crowns in its quarter, or %d ore a share.\n\nThe company said revenue came to %d million crowns, above the forecast of analysts, who had expected %d million crowns on average.\n\nFor the full year %s expects revenue in the range of %d million crowns, its director %s said. Its shares have gained %d percent since the beginning of the year.",
				d.name(), d.name(), d.r.IntN(900), d.r.IntN(90), d.r.IntN(9000), d.r.IntN(9000), d.name(), d.r.IntN(9000), d.name(), d.r.IntN(60))
		}
	} else {
		m.text = d.original()
		if len(d.recent) < perDay*mostDays {
			d.recent = append(d.recent, m)
		} else {
			d.recent[d.n%len(d.recent)] = m
		}
	}
	m.text.Published = time.Date(2026, 1, 1+d.n/perDay, 9, 0, 0, 0, time.UTC)
	d.n++
	return m
}

// write puts n texts into a list, with what is true of them.
func write(file string, n int, seed uint64) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	d, out := newDesk(seed), bufio.NewWriterSize(f, 1<<20)
	to := json.NewEncoder(out)
	for i := range n {
		m := d.next()
		line := struct {
			ID    int    `json:"id"`
			Site  string `json:"site"`
			Title string `json:"title"`
			Text  string `json:"text"`
			Date  string `json:"date"`
			Kind  string `json:"kind"`
			From  int    `json:"from"`
			Story int    `json:"of_story"`
		}{i, m.text.Site, m.text.Title, m.text.Body, m.text.Published.Format(time.RFC3339), m.kind, m.from, m.story}
		if err := to.Encode(line); err != nil {
			f.Close()
			return err
		}
	}
	if err := out.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
