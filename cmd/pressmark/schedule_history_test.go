package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A schedule whose name is the beginning of others is asked for alone.
func TestMeantSchedules(t *testing.T) {
	conf := filepath.Join(t.TempDir(), configName)
	if err := os.WriteFile(conf, []byte("sites:\n  - {url: http://127.0.0.1/, name: Post}\n  - {url: http://127.0.0.2/, name: Post Weekend}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := &cli{config: conf}
	for _, tt := range []struct {
		args     []string
		schedule string
		want     bool
	}{
		{nil, "Post Weekend", true},
		{[]string{"post"}, "Post", true},
		{[]string{"post"}, "Post Weekend", false},
		{[]string{"weekend"}, "Post Weekend", true},
		{[]string{"weekend"}, "Post", false},
		{[]string{"gazette"}, "Old Gazette", true}, // which the configuration has no more
		{[]string{"gazette"}, "Post", false},
	} {
		if got := c.meant(tt.args)(tt.schedule); got != tt.want {
			t.Errorf("%q means %q: %v, not %v", tt.args, tt.schedule, got, tt.want)
		}
	}
}
