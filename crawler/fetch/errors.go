package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
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

type reason struct {
	err  error
	word string
}

func reasons() []reason {
	return []reason{
		{ErrURL, "url"}, {ErrRefused, "refused"}, {ErrName, "dns"}, {ErrUnreachable, "unreachable"},
		{ErrTLS, "tls"}, {ErrTimeout, "timeout"}, {ErrProtocol, "protocol"}, {ErrCutOff, "cut-off"},
		{ErrEncoding, "encoding"}, {ErrTooLarge, "too-large"}, {ErrBomb, "bomb"},
	}
}

// Reason is the word under which err is counted: url, refused, dns,
// unreachable, tls, timeout, protocol, cut-off, encoding, too-large, bomb,
// cancelled, or other. It is empty for no error.
func Reason(err error) string {
	if err == nil {
		return ""
	}
	for _, r := range reasons() {
		if errors.Is(err, r.err) {
			return r.word
		}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return "cancelled"
	}
	return "other"
}

// named gives an error of the network its sentinel. asked is the caller's
// context, timed the same with the request's own deadline.
func named(asked, timed context.Context, err error) error {
	if asked.Err() != nil {
		return asked.Err()
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // it only repeats the URL
	}
	for _, r := range reasons() {
		if errors.Is(err, r.err) {
			return err
		}
	}
	if s := sentinel(timed, err); s != nil {
		return fmt.Errorf("%w: %w", s, err)
	}
	return err
}

func sentinel(timed context.Context, err error) error {
	var (
		dns     *net.DNSError
		op      *net.OpError
		timeout net.Error
	)
	switch {
	case timed.Err() != nil:
		return ErrTimeout
	case errors.As(err, &dns):
		return ErrName
	case isTLS(err):
		return ErrTLS
	case errors.As(err, &timeout) && timeout.Timeout():
		return ErrTimeout
	case errors.As(err, &op) && op.Op != "read" && op.Op != "write":
		return ErrUnreachable // dial, proxyconnect, socks
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.As(err, &op):
		return ErrCutOff
	}
	return ErrProtocol
}

func isTLS(err error) bool {
	var (
		verify   *tls.CertificateVerificationError
		record   tls.RecordHeaderError
		alert    tls.AlertError
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
	)
	return errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) ||
		errors.As(err, &unknown) || errors.As(err, &hostname) || errors.As(err, &invalid) ||
		strings.Contains(err.Error(), "tls: ") || // most of crypto/tls has no type
		strings.Contains(err.Error(), "TLS handshake timeout") ||
		strings.Contains(err.Error(), "server gave HTTP response to HTTPS client")
}
