package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
)

// A read that waits, on a terminal or a pipe, ends with Ctrl-C, and what was
// written by then is whole lines.
func TestExtractIsInterrupted(t *testing.T) {
	for _, args := range [][]string{{"extract", "-"}, {"extract", "--list", "-"}, {"extract", "-", "--json"}} {
		ctx, cancel := context.WithCancel(t.Context())
		in, feed := io.Pipe()
		go func() {
			for i := range 20 {
				fmt.Fprintf(feed, `{"id":%d,"text":"The ferry left at noon."}`+"\n", i)
			}
			cancel()
		}()
		var out, talk bytes.Buffer
		if code := execute(ctx, args, in, &out, &talk); code != exitInterrupted {
			t.Errorf("%v ended with %d: %s", args, code, talk.String())
		}
		feed.CloseWithError(io.ErrClosedPipe)
		for _, row := range strings.SplitAfter(out.String(), "\n") {
			if row != "" && !json.Valid([]byte(row)) {
				t.Errorf("%v: half a line: %q", args, row)
			}
		}
	}
}

// The answers of a list come in its order, however long each takes.
func TestExtractListKeepsOrder(t *testing.T) {
	var in strings.Builder
	const lines = 120
	for i := range lines {
		page := "<h1>The ferry sails</h1>" + strings.Repeat("<p>The ferry to the island sailed again on Monday, the harbour board said.</p>", (i*37)%90)
		row, err := json.Marshal(map[string]any{"id": i, "html": page})
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(row, '\n'))
	}
	var out, talk bytes.Buffer
	if code := execute(t.Context(), []string{"extract", "--list", "-"}, strings.NewReader(in.String()), &out, &talk); code != exitFine {
		t.Fatalf("ended with %d: %s", code, talk.String())
	}
	n := 0
	for dec := json.NewDecoder(&out); dec.More(); n++ {
		var row struct {
			ID int
			MS *float64
		}
		if err := dec.Decode(&row); err != nil {
			t.Fatal(err)
		}
		if row.ID != n || row.MS == nil || *row.MS < 0 {
			t.Fatalf("answer %d is %+v", n, row)
		}
	}
	if n != lines {
		t.Errorf("%d answers to %d lines", n, lines)
	}
}
