package meta

import "strings"

// inAddress reads a day from the path of a URL.
func inAddress(u string) Date {
	if _, rest, ok := strings.Cut(u, "://"); ok {
		u = rest
	}
	_, path, _ := strings.Cut(u, "/")
	path, _, _ = strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	if len(path) > 1000 || !anyDigit(path) {
		return Date{}
	}
	var room [24]run
	runs := runsOf(path, room[:0])
	for i := range runs {
		if d := dayAt(runs, i); !d.IsZero() {
			return d
		}
	}
	return Date{}
}

// A run is a stretch of a path: digits, or letters.
type run struct {
	text   string
	number int
	digits int
	before byte // the sign in front; '/' at the beginning, 0 when a run of the other sort stands there
	after  byte
}

func runsOf(path string, out []run) []run {
	class := func(c byte) int {
		switch {
		case c >= '0' && c <= '9':
			return 1
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 || c == '%':
			return 2
		}
		return 0
	}
	for i := 0; i < len(path) && len(out) < 100; {
		c := class(path[i])
		if c == 0 {
			i++
			continue
		}
		r := run{before: '/', after: '/'}
		if i > 0 {
			if r.before = path[i-1]; class(r.before) != 0 {
				r.before = 0
			}
		}
		j := i
		for ; j < len(path) && class(path[j]) == c; j++ {
			if c == 1 && j-i < 9 {
				r.number = r.number*10 + int(path[j]-'0')
			}
		}
		if r.text = path[i:j]; c == 1 {
			r.digits = j - i
		}
		if j < len(path) {
			if r.after = path[j]; class(r.after) != 0 {
				r.after = 0
			}
		}
		out = append(out, r)
		i = j
	}
	return out
}

// part tells a run of digits that stands between the signs that divide a date.
func (r run) part(most int) bool {
	return r.digits > 0 && r.digits <= most && strings.IndexByte("/-_.,", r.before) >= 0 && strings.IndexByte("/-_.,", r.after) >= 0
}

func yearLike(r run) bool { return r.digits == 4 && r.number >= firstYear && r.number < 2050 }

// dayAt reads a day that begins with a run.
func dayAt(runs []run, i int) Date {
	get := func(j int) run {
		if j < len(runs) {
			return runs[j]
		}
		return run{}
	}
	a, b, c := runs[i], get(i+1), get(i+2)
	switch {
	case yearLike(a) && a.part(4) && b.part(2) && c.part(2): // 2026/03/04, 2026-3-4
		return day(a.number, b.number, c.number)
	case yearLike(a) && a.part(4) && b.digits == 4 && b.part(4) && b.before == '/': // 2026/0304
		return day(a.number, b.number/100, b.number%100)
	case yearLike(a) && a.part(4) && b.digits == 0 && b.before == a.after && c.part(2): // 2026/mar/04
		return day(a.number, month(b.text), c.number)
	case yearLike(a) && a.part(4) && b.part(2) && c.digits == 6 && c.part(6) && c.number/100 == a.number%100*100+b.number: // 2026/03/260304-bridge
		return day(a.number, b.number, c.number%100)
	case a.part(2) && b.part(2) && yearLike(c) && c.part(4) && a.after == b.after: // 04-03-2026
		if b.number > 12 {
			return day(c.number, a.number, b.number)
		}
		return day(c.number, b.number, a.number)
	case a.digits == 6 && a.number/100 >= firstYear && a.number/100 < 2050 && a.part(6) && b.part(2) && a.after == '/': // 202603/04
		return day(a.number/100, a.number%100, b.number)
	case a.digits == 8 && (a.part(8) || a.before == 0 && i > 0 && runs[i-1].text == "t" && runs[i-1].before == '/'): // 20260304, t20260304_1
		if y := a.number / 10000; y >= firstYear && y < 2050 {
			return day(y, a.number/100%100, a.number%100)
		}
	case (a.digits == 12 || a.digits == 14) && a.before != 0 && a.after != 0: // 202603040715
		n, _ := number(a.text, 8)
		hour, _ := number(a.text[8:], 2)
		minute, _ := number(a.text[10:], 2)
		if y := n / 10000; y >= firstYear && y < 2050 && hour < 24 && minute < 60 {
			return day(y, n/100%100, n%100)
		}
	}
	return Date{}
}
