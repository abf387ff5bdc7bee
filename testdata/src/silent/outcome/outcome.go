// Package outcome runs functions that may hang or crash, each in a process of
// its own, and tells how they end. A process of which all goroutines wait is ended
// by the Go runtime, so that no clock is needed.
package outcome

import (
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// How a function may end otherwise than by returning.
const (
	Hangs    = "fatal error: all goroutines are asleep - deadlock!"
	Unlocks  = "fatal error: sync: unlock of unlocked mutex"
	WUnlocks = "fatal error: sync: Unlock of unlocked RWMutex"
	RUnlocks = "fatal error: sync: RUnlock of unlocked RWMutex"
	Returns  = ""
)

// A Case is a function and how it ends.
type Case struct {
	Run  func()
	Ends string
}

const name = "OUTCOME_CASE"

// attempts is how often a case is run that takes an order of the goroutines which
// need not come up in each run.
const attempts = 5

// Check runs the cases.
func Check(t *testing.T, cases map[string]Case) {
	if c, ok := cases[os.Getenv(name)]; ok {
		c.Run()
		return
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range slices.Sorted(maps.Keys(cases)) {
		t.Run(k, func(t *testing.T) {
			want := cases[k].Ends
			var out []byte
			var err error
			for range attempts {
				cmd := exec.Command(exe, "-test.run=^"+strings.SplitN(t.Name(), "/", 2)[0]+"$", "-test.timeout=0")
				cmd.Env = append(os.Environ(), name+"="+k)
				out, err = cmd.CombinedOutput()
				if want == Returns || err != nil {
					break
				}
			}
			switch {
			case want == Returns && err != nil:
				t.Errorf("it does not return: %v\n%.400s", err, out)
			case want != Returns && (err == nil || !strings.Contains(string(out), want)):
				t.Errorf("it does not end with %q: %v\n%.400s", want, err, out)
			}
		})
	}
}
