package main

import (
	"bytes"
	"strings"
	"testing"

	"pressmark/extract/change"
)

// Lines keep to their width in every script, and lose no letter.
func TestFlow(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want []string
	}{
		{"the ferry sank at noon", 10, []string{"the ferry", "sank at", "noon"}},
		{"渡轮中午沉没。三人获救。", 12, []string{"渡轮中午沉", "没。三人获", "救。"}},
		{"غَرِقَتِ العبّارة", 8, []string{"غَرِقَتِ", "العبّارة"}},
		{"ไม่มีผู้ เสียชีวิต", 9, []string{"ไม่มีผู้", "เสียชีวิต"}},
		{"https://example.org/a-long-address", 10, []string{"https://ex", "ample.org/", "a-long-add", "ress"}},
		{"", 10, []string{""}},
	} {
		if got := (&terminal{}).flow([]piece{{"", c.text}}, c.n, true); strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q in %d columns: %q, want %q", c.text, c.n, got, c.want)
		}
	}
	if got := wrap("see https://example.org/a-long-address now", 10); got != "see\nhttps://example.org/a-long-address\nnow" {
		t.Errorf("an address was broken: %q", got)
	}
}

func FuzzFlow(f *testing.F) {
	f.Add("the ferry sank", "渡轮。", 7)
	f.Add("a\tb\n\nc", "ไม่มี \u0301", 1)
	f.Fuzz(func(t *testing.T, a, b string, n int) {
		n = max(2, min(n, 100)) // a Chinese letter takes two
		var got string
		for _, row := range (&terminal{}).flow([]piece{{"", a}, {red, b}}, n, true) {
			if cells(row) > n {
				t.Fatalf("%q is wider than %d", row, n)
			}
			got += row
		}
		if bare(got) != bare(clean(a)+clean(b)) {
			t.Fatalf("%q became %q", a+b, got)
		}
	})
}

// bare is text without white space.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\t' {
			return -1
		}
		return r
	}, s)
}

// The sign between two texts stands in one column, whatever they are written in.
func TestSidesAreStraight(t *testing.T) {
	var out bytes.Buffer
	c := &cli{out: newTerminal(&out, "always"), err: newTerminal(&out, "never")}
	c.out.width = 63
	for _, l := range []change.Line{
		{Op: change.Insert, After: "渡轮中午沉没。三人获救。港务长把事故归咎于大雾。"},
		{Op: change.Replace, Before: "ไม่มีผู้ 3", After: "ไม่มีผู้ 5", Spans: []change.Span{{Text: "ไม่มีผู้ "}, {Op: change.Delete, Text: "3"}, {Op: change.Insert, Text: "5"}}},
		{Op: change.Delete, Before: "The ferry sank at noon, a hundred metres off the old mole."},
		{Op: change.Move, Before: "नौका दोपहर में डूबी।", After: "नौका दोपहर में डूबी।"},
		{Before: "same", After: "same"},
	} {
		sign, left, right := c.sidePieces(l, diffOptions{words: "auto"})
		out.Reset()
		c.columnsOf(sign, 30, left, right)
		for row := range strings.Lines(out.String()) {
			row = strings.NewReplacer("\x1b[31;9m", "", "\x1b[32;4m", "", "\x1b[2m", "", "\x1b[0m", "", "\n", "").Replace(row)
			at := strings.IndexAny(row, "~+->│")
			if cells(row[:max(at, 0)]) != 31 {
				t.Errorf("the sign of %q stands in column %d", row, cells(row[:max(at, 0)]))
			}
		}
	}
}
