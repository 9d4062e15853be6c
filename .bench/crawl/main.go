// Command crawl measures a crawl of pressmark's beside other crawlers', of the
// same sites on loopback: pages a second, processor time a page, peak memory.
//
//	go build -o DIR/pressmark ../cmd/pressmark
//	go run ./crawl -pressmark DIR/pressmark [-hosts 50] [-pages 200] [-only NAME,…]
//
// The sites are served by a process of their own on 127.0.1.1 and up: pages of
// 30 KB with 24 links, a robots.txt that everybody obeys, no pause between two
// requests. Each contender is a process of its own that starts with nothing, in
// one run, one after another; what it used is what the system says of it.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("crawl: ")
	var o options
	flag.IntVar(&o.hosts, "hosts", 50, "how many sites")
	flag.IntVar(&o.pages, "pages", 200, "articles of a site")
	flag.StringVar(&o.pressmark, "pressmark", "", "the program, for the crawl with extraction and archive")
	flag.StringVar(&o.address, "address", "", "of the sites (for the processes that the program starts)")
	only := flag.String("only", "", "contenders, by the beginnings of their names, with commas")
	role := flag.String("role", "", "what this process does (for those that the program starts)")
	flag.Parse()
	if *role != "" {
		if err := play(*role, o); err != nil {
			log.Fatal(err)
		}
		return
	}
	if err := compare(o, *only); err != nil {
		log.Fatal(err)
	}
}

type options struct {
	hosts, pages int
	pressmark    string
	address      string // the port
}

func (o options) args(role string) []string {
	return []string{"-role", role, "-hosts", fmt.Sprint(o.hosts), "-pages", fmt.Sprint(o.pages), "-address", o.address}
}

// host is the address of a site.
func (o options) host(i int) string {
	return fmt.Sprintf("127.0.%d.%d:%s", 1+i/250, 1+i%250, o.address)
}

// play does what a process was started for.
func play(role string, o options) error {
	switch role {
	case "serve":
		return serve(o)
	case "colly":
		return collyAsync(o)
	case "crawler":
		return crawlOnly(o)
	}
	return fmt.Errorf("no role %q", role)
}

// A contender is a crawler.
type contender struct {
	name    string
	command func(o options, dir string) (*exec.Cmd, error) // nil without error: it can't be had here
}

var contenders = []contender{
	{"colly async, OnHTML", func(o options, _ string) (*exec.Cmd, error) { return itself(o, "colly"), nil }},
	{"pressmark: the crawl alone", func(o options, _ string) (*exec.Cmd, error) { return itself(o, "crawler"), nil }},
	{"pressmark crawl: + articles, archive", program},
	{"wget -r, WARC", wget},
	{"Scrapy", scrapy},
}

func itself(o options, role string) *exec.Cmd { return exec.Command(os.Args[0], o.args(role)...) }

func compare(o options, only string) error {
	server := itself(o, "serve")
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err != nil {
		return err
	}
	in, err := server.StdinPipe() // the server ends when this does
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	defer server.Wait()
	defer in.Close()
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		return fmt.Errorf("the sites are not served")
	}
	o.address = lines.Text()
	fmt.Printf("%-38s %8s %9s %9s %12s %8s %8s %8s\n", "", "articles", "requests", "seconds", "CPU ms/page", "MB own", "MB all", "pages/s")
	for _, c := range contenders {
		if only != "" && !slices.ContainsFunc(strings.Split(only, ","), func(p string) bool { return strings.HasPrefix(c.name, p) }) {
			continue
		}
		if err := o.measure(c, func() (string, error) {
			fmt.Fprintln(in, "count")
			if !lines.Scan() {
				return "", fmt.Errorf("the sites are gone")
			}
			return lines.Text(), nil
		}); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return nil
}

// measure runs a contender and prints what it used and what the sites saw of it.
func (o options) measure(c contender, count func() (string, error)) error {
	dir, err := os.MkdirTemp("", "crawl")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cmd, err := c.command(o, dir)
	if err != nil {
		return err
	}
	if cmd == nil {
		fmt.Printf("%-38s not to be had here\n", c.name)
		return nil
	}
	if _, err := count(); err != nil { // begin at 0
		return err
	}
	var talk strings.Builder
	cmd.Dir, cmd.Stderr = dir, &talk
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	peak := watch(cmd.Process.Pid)
	err = cmd.Wait()
	memory := <-peak
	took := time.Since(began)
	if _, died := err.(*exec.ExitError); err != nil && !(died && c.name[:4] == "wget") { // wget ends with 8 when a page was not there
		return fmt.Errorf("%w: %s", err, talk.String())
	}
	seen, err := count()
	if err != nil {
		return err
	}
	var articles, requests int
	if _, err := fmt.Sscan(seen, &articles, &requests); err != nil {
		return err
	}
	used := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	fmt.Printf("%-38s %8d %9d %9.1f %12.2f %8d %8d %8.0f\n", c.name, articles, requests, took.Seconds(),
		1000*cpu.Seconds()/float64(max(1, requests)), memory>>10, used.Maxrss>>10, float64(requests)/took.Seconds())
	return nil
}

// watch gives, when a process has ended, the most memory of its own that it
// had, in KB: without the files that it maps, which the system may take back.
// It looks 20 times a second, where the system tells it.
func watch(pid int) <-chan int64 {
	peak := make(chan int64, 1)
	go func() {
		most := int64(0)
		for ; ; time.Sleep(50 * time.Millisecond) {
			b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			if err != nil {
				break
			}
			_, rest, found := strings.Cut(string(b), "RssAnon:")
			if !found { // it has ended
				break
			}
			var kb int64
			fmt.Sscan(rest, &kb)
			most = max(most, kb)
		}
		peak <- most
	}()
	return peak
}
