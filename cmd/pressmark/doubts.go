package main

import (
	"context"
	"fmt"

	"pressmark/extract/urlkey"
)

// lookAgain has pages that had lost most of their text asked for by the next
// crawl of their site, however seldom they are looked at: such a loss counts
// only when two crawls have seen it, and a reader should not wait weeks for the
// second.
func (s *session) lookAgain(ctx context.Context, doubted []urlkey.Key) error {
	if len(doubted) == 0 || s.frontier == nil {
		return nil
	}
	if _, err := s.frontier.Retry(ctx, doubted); err != nil {
		return fmt.Errorf("look again at pages that lost their text: %w", err)
	}
	return nil
}
