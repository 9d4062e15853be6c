package render

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// orphans makes the test's program start a browser, and wait to be killed.
const orphans = "PRESSMARK_TEST_BROWSER"

func TestMain(m *testing.M) {
	path := os.Getenv(orphans)
	if path == "" {
		os.Exit(m.Run())
	}
	b := New(Options{Path: path, UserAgent: "pressmark/test", Unboxed: os.Getuid() == 0})
	_, _, err := b.Render(context.Background(), sheet("https://paper.test/", "<script src=/x.js></script>"), func(context.Context, string) (*Answer, error) {
		fmt.Println(b.work.profile)
		select {}
	})
	fmt.Println(err)
}

// Of a browser nothing is left when the program that runs it is killed: neither
// a process nor, once the next one has started, its profile.
func TestKilledProgramLeavesNothing(t *testing.T) {
	b := aBrowser(t, time.Minute)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), orphans+"="+b.o.Path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	profile, err := bufio.NewReader(out).ReadString('\n')
	if profile = strings.TrimSpace(profile); err != nil || !strings.Contains(profile, profileName+strconv.Itoa(cmd.Process.Pid)) {
		t.Fatalf("the browser's profile is %q, %v", profile, err)
	}
	if len(using(t, profile)) == 0 {
		t.Fatal("no process has the profile")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	for len(using(t, profile)) > 0 { // the kernel is about to end them; go test ends a wait without end
		time.Sleep(20 * time.Millisecond)
	}
	sweep()
	if _, err := os.Stat(profile); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the profile is left: %v", err)
	}
}

// using are the processes that live and name a profile on their command line.
func using(t *testing.T, profile string) (pids []string) {
	t.Helper()
	list, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if line, err := os.ReadFile(f); err == nil && bytes.Contains(line, []byte(profile)) { // of a dead one it is empty
			pids = append(pids, f)
		}
	}
	return pids
}
