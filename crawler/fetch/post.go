package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxForm bounds a form that is sent.
const maxForm = 64 << 10

// Post sends a form to a URL, once, under the same promises as Get. It is for
// who takes part in a protocol with a server that has offered it: a crawl only
// ever asks.
func (f *Fetcher) Post(ctx context.Context, to string, form url.Values, maxBytes int64) (*Response, error) {
	u, err := checkURL(to)
	if err != nil {
		return nil, err
	}
	sent := form.Encode()
	if len(sent) > maxForm {
		return nil, fmt.Errorf("sending a form to %s: %w: it has %d bytes", to, ErrTooLarge, len(sent))
	}
	timed, cancel := f.deadline(ctx)
	defer cancel()
	j := &job{ctx: timed, maxBytes: maxBytes}
	id := strconv.FormatUint(f.lastJob.Add(1), 10)
	f.transport.jobs.Store(id, j)
	defer f.transport.jobs.Delete(id)
	start := f.options.Now()
	if err := f.collector.Request(http.MethodPost, to, strings.NewReader(sent), nil, http.Header{
		jobHeader:         {id},
		"User-Agent":      {f.options.UserAgent},
		"Accept-Encoding": {acceptEncoding},
		"Content-Type":    {"application/x-www-form-urlencoded"},
	}); err != nil {
		return nil, fmt.Errorf("sending a form to %s: %w", to, named(ctx, timed, j, err))
	}
	end := f.options.Now()
	return &Response{URL: to, Status: j.status, Header: j.header, Body: j.body, Location: location(u, j.status, j.header), FetchedAt: end, Took: end.Sub(start), Wire: j.wire}, nil
}
