package main

import (
	"context"
	"errors"
	"testing"
	"time"
)

// Who drops something waits for those who read, and those who come then for him.
func TestGate(t *testing.T) {
	var g gate
	ctx := t.Context()
	told := make(chan string, 10)
	tell := func(what string) { told <- what }
	first, err := g.read(ctx, tell)
	if err != nil {
		t.Fatal(err)
	}
	second, err := g.read(ctx, tell)
	if err != nil {
		t.Fatal(err)
	}
	in := make(chan string, 10)
	dropped, later := make(chan func(), 1), make(chan func(), 1)
	go func() {
		leave, _ := g.drop(ctx, "a prune", tell)
		in <- "drop"
		dropped <- leave
	}()
	if what := <-told; what != "2 commands read the archive" {
		t.Error(what)
	}
	go func() {
		leave, _ := g.read(ctx, tell)
		in <- "read"
		later <- leave
	}()
	if what := <-told; what != "a prune" {
		t.Error(what)
	}
	first()
	first() // a second time is none
	select {
	case who := <-in:
		t.Fatalf("%s is let in while one reads", who)
	case <-time.After(20 * time.Millisecond):
	}
	second()
	if who := <-in; who != "drop" {
		t.Errorf("%s is let in", who)
	}
	leave := <-dropped
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := g.read(gone, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a reader who has gone: %v", err)
	}
	if _, err := g.drop(gone, "another", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a second who has gone: %v", err)
	}
	leave()
	if who := <-in; who != "read" {
		t.Errorf("%s is let in", who)
	}
	// One who gives up waiting keeps nobody out.
	wait, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
	defer cancel()
	if _, err := g.drop(wait, "late", tell); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("while one reads: %v", err)
	}
	(<-later)()
	if leave, err = g.drop(ctx, "last", nil); err != nil {
		t.Fatal(err)
	}
	leave()
}
