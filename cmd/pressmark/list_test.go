package main

import (
	"testing"
	"time"
)

// The bar says how far a list is, and once it can be told how fast it goes and how long it takes.
func TestListReaderTells(t *testing.T) {
	for _, c := range []struct {
		read, total int64
		lines       int
		spent       time.Duration
		want        string
	}{
		{0, 100 << 20, 0, time.Minute, "[....................]   0 % of 100 MB"},
		{1 << 20, 100 << 20, 900, time.Second, "[....................]   1 % of 100 MB"},
		{25 << 20, 100 << 20, 90_000, time.Minute, "[#####...............]  25 % of 100 MB, 1500 lines/s, 3 min left"},
		{120 << 20, 100 << 20, 90_000, time.Minute, "[####################] 100 % of 100 MB, 1500 lines/s"},
	} {
		r := listReader{read: c.read, total: c.total, lines: c.lines}
		if got := r.told(c.spent); got != c.want {
			t.Errorf("%d of %d in %s:\n got %q\nwant %q", c.read, c.total, c.spent, got, c.want)
		}
	}
}
