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
	"time"
)

// named gives an error of the network its sentinel. asked is the caller's
// context, timed the same with the request's own deadline.
func named(asked, timed context.Context, j *job, err error) error {
	if asked.Err() != nil {
		return asked.Err()
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // it only repeats the URL
	}
	var known *failure
	if errors.As(err, &known) {
		return err
	}
	return fmt.Errorf("%w: %w", sentinel(timed, j, err), err)
}

// sentinel says what an error means, from its type where it has one, and from
// how far the request had come. net/http and crypto/tls give most of theirs no
// type, so the last resort is their text; a test holds each to a real server.
func sentinel(timed context.Context, j *job, err error) error {
	at := phase(j.phase.Load())
	var (
		dns     *net.DNSError
		op      *net.OpError
		timeout net.Error
	)
	byProxy := errors.As(err, &op) && (op.Op == "proxyconnect" || strings.HasPrefix(op.Op, "socks"))
	switch {
	case byProxy && strings.HasPrefix(op.Op, "socks") && !errors.Is(err, context.DeadlineExceeded):
		return ofSOCKS(err)
	case byProxy:
		return ErrProxyUnreachable
	case errors.As(err, &dns):
		return ofName(dns, j)
	case timed.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		return overdue(at, j)
	}
	if s := ofTLS(err, at); s != nil {
		return s
	}
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return ErrConnectionRefused
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.EADDRNOTAVAIL):
		return ErrUnreachable
	case op != nil && op.Op == "dial":
		return ErrConnect
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return ErrReset
	case ended(err) && at < answered:
		return ErrNoAnswer
	case ended(err):
		return ErrCutOff
	}
	return ofHTTP(err)
}

// ended reports whether the server closed the connection in the midst.
func ended(err error) bool {
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) ||
		strings.Contains(err.Error(), "server closed idle connection") || strings.HasSuffix(err.Error(), "EOF reading trailer")
}

func ofName(dns *net.DNSError, j *job) error {
	switch {
	case dns.IsTimeout:
		return ErrDNSTimeout
	case dns.IsNotFound && j.nameExists.Load():
		return ErrNoAddress
	case dns.IsNotFound:
		return ErrNoSuchHost
	}
	return ErrDNSServer // it fails, refuses, or talks nonsense
}

// overdue names a timeout by what was waited for.
func overdue(at phase, j *job) error {
	switch {
	case at <= connecting && j.proxy != nil:
		return ErrProxyUnreachable
	case at == resolving:
		return ErrDNSTimeout
	case at <= connecting:
		return ErrConnectTimeout
	case at == securing:
		return ErrTLSTimeout
	case at == asking:
		return ErrFirstByteTimeout
	}
	return ErrBodyTimeout
}

func ofSOCKS(err error) error {
	text := err.Error()
	switch {
	case strings.Contains(text, "authentication"):
		return ErrProxyAuth
	case strings.Contains(text, "unknown error"), strings.Contains(text, "socks connect"):
		return ErrProxyRefused
	}
	return ErrProxy
}

func ofTLS(err error, at phase) error {
	var (
		record  tls.RecordHeaderError
		alert   tls.AlertError
		unknown x509.UnknownAuthorityError
		host    x509.HostnameError
		invalid x509.CertificateInvalidError
		verify  *tls.CertificateVerificationError
	)
	text := err.Error()
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		if invalid.Cert != nil && time.Now().Before(invalid.Cert.NotBefore) {
			return ErrTLSNotYetValid
		}
		return ErrTLSExpired
	case errors.As(err, &host):
		return ErrTLSHost
	case errors.As(err, &unknown):
		if c := unknown.Cert; c != nil && string(c.RawIssuer) == string(c.RawSubject) {
			return ErrTLSSelfSigned
		}
		return ErrTLSAuthority
	case errors.As(err, &invalid), errors.As(err, &verify):
		return ErrTLSCertificate
	case errors.As(err, &record), strings.Contains(text, "server gave HTTP response to HTTPS client"):
		return ErrTLSPlain
	case strings.Contains(text, "handshake timeout"):
		return ErrTLSTimeout
	case strings.Contains(text, "certificate required"):
		return ErrTLSClient
	case strings.Contains(text, "protocol version"), strings.Contains(text, "handshake failure"),
		strings.Contains(text, "cipher suite"), strings.Contains(text, "insufficient security"):
		return ErrTLSVersion
	case strings.Contains(text, "server's certificate"), strings.Contains(text, "x509: "):
		return ErrTLSCertificate
	case at == securing, errors.As(err, &alert):
		return ErrTLSHandshake
	case strings.Contains(text, "tls: "): // in the midst of an answer
		return ErrTLS
	}
	return nil
}

// ofHTTP names what net/http found wrong with the answer's form.
func ofHTTP(err error) error {
	text := err.Error()
	for _, t := range []struct {
		part string
		is   error
	}{
		{"chunk", ErrChunks},
		{"invalid CR in", ErrChunks},
		{"railer", ErrChunks},
		{"Content-Length", ErrLength},
		{"headers exceeded", ErrHeaderFlood},
		{"header list larger", ErrHeaderFlood},
		{"http2: ", ErrHTTP2},
		{"stream error", ErrHTTP2},
		{"connection error", ErrHTTP2},
		{"GOAWAY", ErrHTTP2},
		{"malformed", ErrNotHTTP},
	} {
		if strings.Contains(text, t.part) {
			return t.is
		}
	}
	return ErrProtocol
}
