//go:build goexperiment.goroutineleakprofile

package drive

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Each side of each scenario runs in a process of its own: a positive may
// panic in any goroutine, and what it leaks must not disturb the next one.
const (
	envCase = "CORPUS_DRIVE_CASE"
	envSide = "CORPUS_DRIVE_SIDE"
)

// Attempts, for mistakes that need a certain schedule.
const (
	bubbles     = 300 // of a positive, until it shows
	goodBubbles = 15  // of a correct program
	outsideRuns = 25
	goodOutside = 2
)

// A stuck is a goroutine that will not go on.
type stuck struct {
	State string // as in a stack trace: "chan send", "panic: …"
	Func  string
	File  string // relative to the corpus
	Line  int
}

// inDriver tells that a goroutine is stuck in a callback of the driver.
func (s stuck) inDriver() bool { return strings.HasPrefix(s.File, "drive/") }

// TestChild runs one side of one scenario and prints who is stuck.
func TestChild(t *testing.T) {
	name, side := os.Getenv(envCase), os.Getenv(envSide)
	if name == "" {
		t.Skip("started by TestExamples only")
	}
	for _, s := range scenarios {
		if s.name != name {
			continue
		}
		call, bad := s.good, side == "bad"
		if bad {
			call = s.bad
		}
		for _, tr := range parse(traces()) {
			initial[tr.id] = true
		}
		if s.outside {
			runOutside(s, call, bad)
		} else {
			runInBubbles(t, s, call, bad)
		}
		return
	}
	t.Fatalf("no scenario %q", name)
}

// answer prints the stuck goroutines and ends the process.
func answer(all []stuck) {
	json.NewEncoder(os.Stdout).Encode(all)
	os.Exit(0)
}

// runInBubbles calls the example until somebody is stuck. Time is that of the
// bubble: after an hour in it every timer has fired.
func runInBubbles(t *testing.T, s *scenario, call func(), bad bool) {
	n := goodBubbles
	if bad {
		n = bubbles
	}
	for i := range n {
		runtime.GOMAXPROCS(1 + i%2)
		synctest.Test(t, func(*testing.T) {
			go call()
			time.Sleep(time.Hour)
			synctest.Wait()
			left := inBubble(traces())
			if s.lives {
				left = nil
			}
			if len(left) > 0 || s.lives {
				answer(left)
			}
		})
	}
	answer(nil)
}

// runOutside calls the example with the real clock.
func runOutside(s *scenario, call func(), bad bool) {
	n := goodOutside
	if bad {
		n = outsideRuns
	}
	if bad && s.spins {
		go call()
		time.Sleep(300 * time.Millisecond)
		answer(inCorpus())
	}
	for range n {
		done := make(chan bool)
		go func() { call(); close(done) }()
		if !bad {
			select {
			case <-done:
			case <-time.After(20 * time.Second):
			}
		}
		var left []stuck
		for pause := 2 * time.Millisecond; pause < 600*time.Millisecond; pause *= 2 {
			time.Sleep(pause)
			left = leaked()
			if bad == (len(left) > 0) {
				break
			}
			if !bad && s.lives && len(left) == 0 {
				break
			}
		}
		if !bad && !s.lives {
			left = append(left, remaining()...)
		}
		if len(left) > 0 {
			answer(left)
		}
	}
	answer(nil)
}

// leaked asks the leak profile of the runtime.
func leaked() []stuck {
	var out []stuck
	for range 2 { // an object may survive the first collection
		var buf bytes.Buffer
		pprof.Lookup("goroutineleak").WriteTo(&buf, 2)
		out = nil
		for _, tr := range parse(buf.String()) {
			if tr.leaked && tr.File != "" {
				out = append(out, tr.stuck)
			}
		}
	}
	return out
}

// remaining returns the goroutines that stay in the corpus.
func remaining() []stuck {
	var out []stuck
	for pause := 5 * time.Millisecond; pause < time.Second; pause *= 2 {
		time.Sleep(pause)
		if out = inCorpus(); len(out) == 0 {
			break
		}
	}
	return out
}

// inCorpus returns the goroutines that are in the corpus, but for those of the
// packages' own initialisation.
func inCorpus() []stuck {
	var out []stuck
	for _, tr := range parse(traces()) {
		if tr.File != "" && !tr.self && !initial[tr.id] {
			out = append(out, tr.stuck)
		}
	}
	return out
}

// inBubble returns the goroutines of the present bubble but the caller's.
func inBubble(text string) []stuck {
	var out []stuck
	all := parse(text)
	for _, tr := range all {
		if tr.bubble != "" && tr.bubble == all[0].bubble && !tr.self && tr.File != "" {
			out = append(out, tr.stuck)
		}
	}
	return out
}

func traces() string {
	buf := make([]byte, 4<<20)
	return string(buf[:runtime.Stack(buf, true)])
}

// initial holds the goroutines that were there before the scenario.
var initial = map[string]bool{}

// A trace is a goroutine in a stack dump.
type trace struct {
	stuck
	id     string
	bubble string
	leaked bool
	self   bool // the driver's own
}

var (
	headLine  = regexp.MustCompile(`^goroutine (\d+) (?:gp=\S+ m=\S+ (?:mp=\S+ )?)?\[([^\]]*)\]:$`)
	frameLine = regexp.MustCompile(`^\t(.*\.go):(\d+)`)
)

// parse reads a dump of goroutines. A goroutine is at its innermost frame that
// lies in the corpus, and is the driver's own if the test function is there.
func parse(text string) []trace {
	root, _ := os.Getwd()
	root = strings.TrimSuffix(root, "drive")
	var out []trace
	for _, part := range strings.Split(text, "\n\n") {
		lines := strings.Split(part, "\n")
		for len(lines) > 0 && !headLine.MatchString(lines[0]) {
			lines = lines[1:]
		}
		if len(lines) == 0 {
			continue
		}
		var tr trace
		head := headLine.FindStringSubmatch(lines[0])
		tr.id, tr.State = head[1], head[2]
		if i := strings.Index(tr.State, "synctest bubble "); i >= 0 {
			tr.bubble = strings.Split(tr.State[i:], ",")[0]
		}
		tr.leaked = strings.Contains(tr.State, "(leaked)")
		for i := 1; i+1 < len(lines); i += 2 {
			if strings.HasPrefix(lines[i], "created by ") {
				break
			}
			m := frameLine.FindStringSubmatch(lines[i+1])
			if m == nil {
				break
			}
			file, ok := strings.CutPrefix(m[1], root)
			if !ok {
				continue
			}
			if strings.HasPrefix(file, "drive/child_test.go") || strings.HasPrefix(file, "drive/drive_test.go") {
				tr.self = tr.File == ""
				break
			}
			if tr.File == "" {
				tr.File = file
				tr.Line, _ = strconv.Atoi(m[2])
				tr.Func = lines[i]
			}
		}
		if tr.File == "" && strings.HasPrefix(tr.State, "coroutine") {
			tr.File = "iter" // of an iterator of the standard library
		}
		out = append(out, tr)
	}
	return out
}
