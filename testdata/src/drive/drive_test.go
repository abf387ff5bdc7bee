//go:build goexperiment.goroutineleakprofile

package drive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// TestExamples runs both sides of every scenario and compares what is stuck
// with the wants of its folder.
func TestExamples(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	hit := map[want]bool{}
	wants := map[string][]want{}
	folders := map[string]bool{}
	for _, s := range scenarios {
		if !folders[s.folder()] {
			folders[s.folder()] = true
			wants[s.folder()] = readWants(t, s.folder())
		}
	}
	t.Run("all", func(t *testing.T) {
		for _, s := range scenarios {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				if s.bad != nil {
					var got []stuck
					var shown []want
					for range attempts {
						got = run(t, exe, s.name, "bad")
						if shown = shows(s, got, wants[s.folder()]); len(shown) == s.causes {
							break
						}
					}
					if len(shown) != s.causes {
						t.Errorf("%d wants are true of the run, not %d; stuck: %v", len(shown), s.causes, got)
					}
					for _, w := range shown {
						mu.Lock()
						hit[w] = true
						mu.Unlock()
					}
				}
				for _, st := range run(t, exe, s.name, "good") {
					t.Errorf("the correct program is stuck: %v", st)
				}
			})
		}
	})
	if t.Failed() {
		return
	}
	for folder := range folders {
		for _, w := range wants[folder] {
			if !hit[w] {
				t.Errorf("%s:%d: no scenario brings about: %s", w.file, w.line, w.text)
			}
		}
	}
}

// attempts is how often a positive is run that does not show what it should: a
// machine that has much else to do may be late for it.
const attempts = 3

// shows returns the wants that a run of a positive has shown to be true.
func shows(s *scenario, got []stuck, wants []want) []want {
	lines := map[string]bool{}
	var out []want
	for _, w := range wants {
		for _, st := range got {
			if !w.matches(st) {
				continue
			}
			if (w.far(st) || strings.Contains(w.text, "iter.Pull")) && !strings.HasSuffix(s.name, "."+w.fn) {
				continue
			}
			if key := fmt.Sprintf("%s:%d", w.file, w.line); !lines[key] {
				lines[key] = true
				out = append(out, w)
			}
		}
	}
	return out
}

// run starts one side of a scenario in a process of its own.
func run(t *testing.T, exe, name, side string) []stuck {
	t.Helper()
	cmd := exec.Command(exe, "-test.run=^TestChild$", "-test.timeout=60s")
	cmd.Env = append(os.Environ(), envCase+"="+name, envSide+"="+side, "GOTRACEBACK=all")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if st, ok := crash(stdout.String() + "\n" + stderr.String()); ok {
		return []stuck{st}
	}
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", side, err, stdout.String(), stderr.String())
	}
	var got []stuck
	text := stdout.String()
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "[") || line == "null" {
			if err := json.Unmarshal([]byte(line), &got); err != nil {
				t.Fatal(err)
			}
			return got
		}
	}
	t.Fatalf("%s: no answer: %s", side, text)
	return nil
}

// crash reads the panic, or fatal error, with which a process ended.
func crash(text string) (stuck, bool) {
	for _, start := range []string{"panic: ", "fatal error: "} {
		i := strings.Index(text, start)
		if i < 0 {
			continue
		}
		first := strings.SplitN(text[i:], "\n", 2)[0]
		first = strings.TrimSuffix(first, " [recovered, repanicked]")
		for _, tr := range parse(text[i:]) {
			if strings.HasPrefix(tr.State, "running") || strings.HasPrefix(start, "fatal") {
				st := tr.stuck
				st.State = first
				return st, true
			}
		}
		return stuck{State: first}, true
	}
	return stuck{}, false
}
