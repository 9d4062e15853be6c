package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

// A posting is a message that is posted to an address.
type posting struct {
	url     string
	body    []byte
	id      string
	key     string // that signs it; "" for none
	token   string
	private bool // the address may be a private one
}

// postTimeout is the longest time for one try.
const postTimeout = 30 * time.Second

// posting is a parcel as its destination wants it.
func (d *destination) posting(p *parcel) (*posting, error) {
	x := &posting{id: p.id, private: d.to.Private == "allow", url: d.to.address()}
	if name, is := strings.CutPrefix(x.url, "env:"); is {
		raw, err := secret(name)
		if err != nil {
			return nil, err
		}
		if u, err := url.Parse(raw); err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !x.private) {
			return nil, &permanent{fmt.Errorf("the environment variable %s holds no address with https://", name)}
		}
		x.url = raw
	}
	for _, s := range []struct {
		name string
		into *string
	}{{d.to.SecretEnv, &x.key}, {d.to.TokenEnv, &x.token}} {
		if s.name == "" {
			continue
		}
		v, err := secret(s.name)
		if err != nil {
			return nil, err
		}
		*s.into = v
	}
	var payload any
	switch d.kind {
	case "slack":
		payload = slackPayload(p)
	case "ntfy":
		u, err := url.Parse(x.url)
		if err != nil {
			return nil, &permanent{errors.New("no address")}
		}
		i := strings.LastIndexByte(strings.TrimSuffix(u.Path, "/"), '/')
		topic := strings.Trim(u.Path[max(i, 0):], "/")
		if topic == "" {
			return nil, &permanent{errors.New("the address names no topic: write https://ntfy.example.org/TOPIC")}
		}
		u.Path, u.RawPath = u.Path[:max(i, 0)]+"/", ""
		x.url, payload = u.String(), ntfyPayload(p, topic)
	default:
		payload = hookPayload(p)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(payload); err != nil {
		return nil, err
	}
	x.body = bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	return x, nil
}

// send posts it once. Who is named by the configuration is who is asked: no
// redirect is followed.
func (x *posting) send(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, postTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, x.url, bytes.NewReader(x.body))
	if err != nil {
		return &permanent{errors.New("no address to post to")}
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", userAgent(""))
	req.Header.Set("Idempotency-Key", x.id)
	if x.token != "" {
		req.Header.Set("Authorization", "Bearer "+x.token)
	}
	if x.key != "" {
		at := strconv.FormatInt(time.Now().Unix(), 10)
		req.Header.Set("Pressmark-Timestamp", at)
		req.Header.Set("Pressmark-Signature", "sha256="+signature(x.key, at, x.body))
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	if !x.private {
		dialer.Control = ssrf.New(ssrf.WithAnyPort()).Safe
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, DialContext: dialer.DialContext, TLSHandshakeTimeout: 10 * time.Second, DisableKeepAlives: true}
	if !x.private {
		transport.Proxy = nil // which would dial whatever it is asked to
	}
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		return postError(err)
	}
	defer res.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(res.Body, 300)) // what it says of a failure is told, if it can be read
	if res.StatusCode/100 == 2 {
		return nil
	}
	err = fmt.Errorf("it answered %s", res.Status)
	if text := line(strings.TrimSpace(string(said))); text != "" {
		err = fmt.Errorf("%w: %s", err, fit(text, 200))
	}
	switch code := res.StatusCode; {
	case code == http.StatusRequestTimeout, code == http.StatusTooEarly, code == http.StatusTooManyRequests, code >= 500:
		return &later{err, retryAfter(res.Header.Get("Retry-After"), time.Now())}
	}
	return &permanent{err}
}

// postError is the error of a request without its address, which may be a secret.
func postError(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	for _, refused := range []error{ssrf.ErrProhibitedIP, ssrf.ErrProhibitedNetwork, ssrf.ErrProhibitedPort} {
		if errors.Is(err, refused) {
			return &permanent{hint(errors.New("its address is a private one"), "private_networks: allow, beside the address in the configuration, lets it through")}
		}
	}
	return err
}

// signature is the HMAC-SHA256 of the time, a full stop and the body.
func signature(key, at string, body []byte) string {
	m := hmac.New(sha256.New, []byte(key))
	m.Write([]byte(at + "."))
	m.Write(body)
	return hex.EncodeToString(m.Sum(nil))
}

// retryAfter reads a Retry-After header, of seconds or a date.
func retryAfter(s string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(s); err == nil && n > 0 && n < 1e6 {
		return time.Duration(n) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(0, t.Sub(now))
	}
	return 0
}
