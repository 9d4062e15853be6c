package discover

import (
	"testing"
	"time"
)

// What feeds write as the hours and days to leave them alone.
func TestSkips(t *testing.T) {
	const weekend = 1<<time.Saturday | 1<<time.Sunday
	all := ""
	for _, n := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23"} {
		all += "<hour>" + n + "</hour>"
	}
	for _, c := range []struct {
		name, text string
		want       Skips
	}{
		{"as the specification has it", "<skipHours><hour>0</hour><hour>1</hour><hour>23</hour></skipHours><skipDays><day>Saturday</day><day>Sunday</day></skipDays>",
			Skips{Hours: 1 | 1<<1 | 1<<23, Days: weekend}},
		{"RSS 0.91 counts to 24", "<skipHours><hour>24</hour><hour>5</hour></skipHours>", Skips{Hours: 1 | 1<<5}},
		{"spaces, zeros, small letters", "<skiphours>\n <hour> 07 </hour></skiphours><skipDays><day> SUN </day></skipDays>", Skips{Hours: 1 << 7, Days: 1 << time.Sunday}},
		{"twice the same", "<skipHours><hour>3</hour><hour>3</hour></skipHours>", Skips{Hours: 1 << 3}},
		{"no hours, no days", "<skipHours><hour>25</hour><hour>-1</hour><hour>six</hour><hour>1.5</hour><hour/><hour></hour></skipHours><skipDays><day>Someday</day><day>S</day><day>7</day></skipDays>", Skips{}},
		{"every hour", "<skipHours>" + all + "</skipHours><skipDays><day>Sunday</day></skipDays>", Skips{Days: 1 << time.Sunday}},
		{"every day", "<skipDays><day>Mon</day><day>Tue</day><day>Wed</day><day>Thu</day><day>Fri</day><day>Sat</day><day>Sun</day></skipDays>", Skips{}},
		{"not in its place", "<hour>3</hour><day>Sunday</day><skipHours><day>Sunday</day></skipHours><skipDays><hour>3</hour></skipDays>", Skips{}},
		{"empty", "<skipHours/><skipDays></skipDays>", Skips{}},
		{"not closed", "<skipHours><hour>3<hour>4</skipHours><skipDays><day>Sunday", Skips{Hours: 1<<3 | 1<<4, Days: 1 << time.Sunday}},
	} {
		item := "<item><title>a</title><link>/a</link><skipHours><hour>9</hour></skipHours></item>"
		for _, text := range []string{c.text + item, item + c.text} {
			f, err := Parse([]byte(`<rss version="2.0"><channel>`+text+"</channel></rss>"), "", "https://a.example/feed")
			if err != nil || f.Skips != c.want || len(f.Links) != 1 {
				t.Errorf("%s: %+v and %d links, %v; want %+v", c.name, f.Skips, len(f.Links), err, c.want)
			}
		}
	}
}

// How long a feed asks to be left alone, as feeds write it.
func TestFeedWaits(t *testing.T) {
	for _, c := range []struct {
		text string
		want time.Duration
	}{
		{"<ttl>60</ttl>", time.Hour}, {"<ttl> 5 </ttl>", 5 * time.Minute}, {"<ttl>-5</ttl>", 0}, {"<ttl>an hour</ttl>", 0}, {"<ttl>1.5</ttl>", 0},
		{"<ttl>99999999999999999999</ttl>", 0}, {"<ttl/>", 0},
		{"<sy:updatePeriod>hourly</sy:updatePeriod>", time.Hour},
		{"<sy:updatePeriod> Daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 6 * time.Hour},
		{"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 24 * time.Hour},
		{"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>-2</sy:updateFrequency>", time.Hour},
		{"<sy:updatePeriod>yearly</sy:updatePeriod>", maxTTL}, {"<sy:updatePeriod>often</sy:updatePeriod>", 0},
		{"<ttl>120</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 2 * time.Hour},
	} {
		f, err := Parse([]byte(`<rss version="2.0"><channel>`+c.text+"<item><title>a</title><link>/a</link></item></channel></rss>"), "", "https://a.example/feed")
		if err != nil || f.TTL != c.want {
			t.Errorf("%s: %v, %v; want %v", c.text, f.TTL, err, c.want)
		}
	}
}
