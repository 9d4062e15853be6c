package render

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// A process is a browser that runs.
type process struct {
	ctx     context.Context // of chromedp, which knows no other handle
	cancel  []func()
	cmd     *exec.Cmd
	profile string
	wall    *http.Server // the proxy that refuses
	name    string
	pages   int
}

// profileName begins the name of a profile's folder; the process that made it follows.
const profileName = "pressmark-browser-"

// starting is how long a browser may take to start.
const starting = 20 * time.Second

func start(o Options) (p *process, err error) {
	sweep()
	p = &process{}
	defer func() {
		if err != nil {
			p.end()
			err = fmt.Errorf("%w: %w", ErrStart, err)
			p = nil
		}
	}()
	if p.profile, err = os.MkdirTemp("", profileName+strconv.Itoa(os.Getpid())+"-"); err != nil {
		return p, err
	}
	wall, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return p, err
	}
	p.wall = &http.Server{ReadHeaderTimeout: time.Second, MaxHeaderBytes: 4 << 10, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "a page has no network", http.StatusForbidden)
	})}
	go p.wall.Serve(wall) // until Close
	flags := append(chromedp.DefaultExecAllocatorOptions[:len(chromedp.DefaultExecAllocatorOptions):len(chromedp.DefaultExecAllocatorOptions)],
		chromedp.ExecPath(o.Path),
		chromedp.UserDataDir(p.profile),
		chromedp.UserAgent(o.UserAgent),
		// What is not held ends at the wall, loopback included, and no name is resolved.
		chromedp.ProxyServer(wall.Addr().String()),
		chromedp.Flag("proxy-bypass-list", "<-loopback>"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.Flag("force-webrtc-ip-handling-policy", "disable_non_proxied_udp"),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("mute-audio", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("dns-prefetch-disable", true),
		// One page at a time needs one process for it, which must not grow without end.
		chromedp.Flag("renderer-process-limit", "1"),
		chromedp.Flag("js-flags", "--max-old-space-size=256"),
		chromedp.Flag("disk-cache-size", "1048576"),
		chromedp.Flag("no-sandbox", o.Unboxed), // said either way: nobody else is to decide it
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
			tether(cmd)
			cmd.Env = append(os.Environ(), "HOME="+p.profile, "XDG_CONFIG_HOME="+p.profile, "XDG_CACHE_HOME="+p.profile)
			p.cmd = cmd
		}),
	)
	alloc, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	p.cancel = append(p.cancel, stop)
	ctx, stop := chromedp.NewContext(alloc, chromedp.WithErrorf(func(string, ...any) {})) // of events that it does not know
	p.cancel = append(p.cancel, stop)
	p.ctx = ctx
	late := time.AfterFunc(starting, stop)
	defer late.Stop()
	v, err := chromedp.CallBrowser(ctx, browser.GetVersion, cdp.Empty{})
	p.name = strings.TrimPrefix(v.Product, "Headless")
	return p, err
}

// alive reports whether a page can be rendered.
func (p *process) alive() bool { return p.ctx.Err() == nil }

// end kills the browser with all its children, and removes its profile.
func (p *process) end() {
	if p.cmd != nil && p.cmd.Process != nil {
		kill(p.cmd)
	}
	for i := len(p.cancel) - 1; i >= 0; i-- {
		p.cancel[i]()
	}
	if p.wall != nil {
		p.wall.Close()
	}
	if p.profile == "" {
		return
	}
	for range 20 { // what was killed may still be writing its last
		if os.RemoveAll(p.profile) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// sweep removes the profiles that processes left which were killed.
func sweep() {
	list, err := filepath.Glob(filepath.Join(os.TempDir(), profileName+"*"))
	if err != nil {
		return
	}
	for _, dir := range list {
		pid, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(dir), profileName), "-")
		if n, err := strconv.Atoi(pid); err == nil && !running(n) {
			os.RemoveAll(dir)
		}
	}
}
