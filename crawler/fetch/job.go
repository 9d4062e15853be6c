package fetch

import (
	"context"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"sync/atomic"
)

// jobHeader is how a job's number comes through colly to the transport, which
// never sends it.
const jobHeader = "X-Pressmark-Job"

// A job is one request on its way.
type job struct {
	ctx      context.Context // colly knows only one context for all requests
	maxBytes int64

	sent   bool        // it came as far as the transport
	proxy  *url.URL    // nil for none
	conn   net.Conn    // that it went out on
	header http.Header // as received
	status int
	body   []byte
	wire   int64

	// A dial may go on after its request has ended, in a goroutine of net/http.
	phase      atomic.Int32
	nameExists atomic.Bool // a name server knows the name, if no address for it
	interim    int
}

// A phase is how far a request has come.
type phase int32

const (
	resolving phase = iota
	connecting
	securing // TLS
	asking
	answered
)

// reach moves the job on; phases never go back, for a connection that is
// dialled for a request may be overtaken by one that became idle.
func (j *job) reach(p phase) {
	for {
		at := j.phase.Load()
		if at >= int32(p) || j.phase.CompareAndSwap(at, int32(p)) {
			return
		}
	}
}

// maxInterim bounds the 1xx answers before the answer.
const maxInterim = 16

type jobInContext struct{}

// traced is a context in which the job's dials and answers are noted in it.
func (j *job) traced() context.Context {
	ctx := context.WithValue(j.ctx, jobInContext{}, j)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		ConnectStart:         func(string, string) { j.reach(connecting) },
		TLSHandshakeStart:    func() { j.reach(securing) },
		GotConn:              func(got httptrace.GotConnInfo) { j.conn = got.Conn; j.reach(asking) },
		GotFirstResponseByte: func() { j.reach(answered) },
		Got1xxResponse:       j.got1xx,
	})
}

func jobOf(ctx context.Context) *job {
	j, _ := ctx.Value(jobInContext{}).(*job)
	return j
}

func (j *job) got1xx(int, textproto.MIMEHeader) error {
	if j.interim++; j.interim > maxInterim {
		return ErrInterimFlood
	}
	return nil
}
