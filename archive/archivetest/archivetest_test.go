package archivetest

import (
	"testing"

	"pressmark/archive"
)

func TestOpen(t *testing.T) {
	s := Open(t)
	c, err := s.Append(t.Context(), archive.Capture{URL: "https://example.com/1", Status: 200, Body: []byte("<p>Hello")})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Capture(c.Seq); err != nil || string(got.Body) != "<p>Hello" {
		t.Errorf("%q, %v", got.Body, err)
	}
}
