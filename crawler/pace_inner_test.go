package crawler

import (
	"testing"
	"time"

	"pressmark/crawler/frontier"
)

// The pause follows the server's own answer time, up and down again, within bounds.
func TestAdaptedPace(t *testing.T) {
	var c frontier.Conduct
	const delay = 2 * time.Second
	after := func(took time.Duration, times int) time.Duration {
		for range times {
			answered(&c, took)
		}
		return adapted(delay, &c)
	}
	if d := after(100*time.Millisecond, 3); d != delay {
		t.Errorf("a quick server gets %v", d)
	}
	if d := after(5*time.Second, 1); d <= delay || d > 6*time.Second {
		t.Errorf("one slow answer makes it %v", d)
	}
	if d := after(5*time.Second, 20); d < 14*time.Second || d > 15*time.Second {
		t.Errorf("slow answers make it %v", d)
	}
	if d := after(time.Hour, 50); d != longestAdapt {
		t.Errorf("answers without end make it %v", d)
	}
	if d := after(50*time.Millisecond, 40); d != delay {
		t.Errorf("and when it is quick again it is %v", d)
	}
	if d := adapted(0, &frontier.Conduct{Answer: time.Minute, Strikes: 3}); d != 0 {
		t.Errorf("who wants no delay gets %v", d)
	}
	if d := adapted(5*time.Minute, &frontier.Conduct{Answer: time.Minute, Strikes: 3}); d != 5*time.Minute {
		t.Errorf("a delay beyond the bound becomes %v", d)
	}
}
