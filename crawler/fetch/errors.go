package fetch

import (
	"context"
	"errors"
)

// Why a request got no answer. Every error of Get wraps one of these, or the
// error of its context.
var (
	ErrURL         = errors.New("not an http or https URL")
	ErrRefused     = errors.New("address refused: not on the public network")
	ErrName        = errors.New("host name does not resolve")
	ErrUnreachable = errors.New("server unreachable")
	ErrTLS         = errors.New("no trusted connection")
	ErrTimeout     = errors.New("no complete answer in time")
	ErrProtocol    = errors.New("answer is not proper HTTP")
	ErrCutOff      = errors.New("answer broken off")
	ErrEncoding    = errors.New("content encoding cannot be undone")
	ErrTooLarge    = errors.New("answer too large")
	ErrBomb        = errors.New("answer inflates too far")
)

// Reason is the word under which err is counted: url, refused, dns,
// unreachable, tls, timeout, protocol, cut-off, encoding, too-large, bomb,
// cancelled, or other. It is empty for no error.
func Reason(err error) string {
	if err == nil {
		return ""
	}
	for _, w := range []struct {
		err  error
		word string
	}{
		{ErrURL, "url"}, {ErrRefused, "refused"}, {ErrName, "dns"}, {ErrTLS, "tls"},
		{ErrTimeout, "timeout"}, {ErrProtocol, "protocol"}, {ErrCutOff, "cut-off"},
		{ErrEncoding, "encoding"}, {ErrTooLarge, "too-large"}, {ErrBomb, "bomb"},
		{ErrUnreachable, "unreachable"},
		{context.Canceled, "cancelled"}, {context.DeadlineExceeded, "cancelled"},
	} {
		if errors.Is(err, w.err) {
			return w.word
		}
	}
	return "other"
}
