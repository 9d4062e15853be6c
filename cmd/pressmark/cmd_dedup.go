package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"pressmark/extract/dedup"
	"pressmark/extract/meta"
)

func (c *cli) dedupCommand() *cobra.Command {
	var file string
	var remember int
	cmd := &cobra.Command{
		Use:   "dedup --list FILE",
		Short: "Fold copies in a list of texts, without an archive",
		Long: `Read one JSON object a line, in order of arrival, and say of each which story
it belongs to:
  {"id", "title"?, "text", "url"?, "date"?, "site"?, "byline"?}
  {"id", "story", "relation", "score", "of"?, "why"?}
story is the id of the story's first text; of is the id of the text that this
one was found to copy, or to follow up; relation is original, same, syndicated,
rewritten or excerpt, or follow-up: a story of its own, which shares background
with another. A line that can't be read is answered with {"id", "error"}, and
the command ends with 3.

It works on each text with only the earlier ones before it. --remember bounds
the memory, whatever the list's length: a copy is found as long as its story
has a text among so many latest ones. A text takes some 6 KB: the default
1.3 GB, 20000 some 150 MB. 0 remembers them all, 6 GB for a million.

A date with an hour helps to say who copied whom: of equal copies, of is the
one that was published first, and why says so.`,
		Example: "  pressmark dedup --list texts.jsonl > stories.jsonl\n  zcat corpus.jsonl.gz | pressmark dedup --list - --remember 50000 | jq 'select(.id == .story).id'",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if file == "" {
				return usage(hint(errors.New("no list is named"), "pressmark dedup --list FILE (- is standard input)"))
			}
			if remember < 0 {
				return usage(fmt.Errorf("--remember is %d: write how many texts, or 0 for all", remember))
			}
			// What is remembered stays; collecting the rest more often costs little and saves a quarter of the memory.
			defer debug.SetGCPercent(debug.SetGCPercent(50))
			g := dedup.NewGrouper(remember)
			return list(cmd.Context(), c, file, 1, func(in textLine) (any, error) { return dedupLine(g, in) })
		},
	}
	cmd.Flags().IntVar(&remember, "remember", 200_000, "compare with the latest `N` texts")
	cmd.Flags().StringVar(&file, "list", "", "answer each line of `FILE` (- is standard input)")
	return cmd
}

// A textLine is a line of dedup --list.
type textLine struct {
	ID     json.RawMessage `json:"id"` // a string or a number, carried over as it is
	Title  string          `json:"title"`
	Text   string          `json:"text"`
	URL    string          `json:"url"`
	Date   string          `json:"date"`
	Site   string          `json:"site"`
	Byline string          `json:"byline"`
}

func dedupLine(g *dedup.Grouper, in textLine) (any, error) {
	if len(in.ID) == 0 || string(in.ID) == "null" {
		return nil, errors.New("a line needs an id")
	}
	date, err := meta.ParseDate(in.Date)
	if err != nil {
		return nil, err
	}
	m, err := g.Add(string(in.ID), dedup.Text{Title: in.Title, Body: in.Text, Byline: in.Byline, Site: in.Site, Published: date.Time, DayOnly: date.DayOnly})
	if err != nil {
		return nil, err
	}
	return struct {
		ID       json.RawMessage `json:"id"`
		Story    json.RawMessage `json:"story"`
		Relation dedup.Relation  `json:"relation"`
		Score    float64         `json:"score"`
		Of       json.RawMessage `json:"of,omitempty"`
		Why      string          `json:"why,omitempty"`
	}{in.ID, json.RawMessage(m.Story), m.Relation, m.Score, json.RawMessage(m.Of), m.Why}, nil
}
