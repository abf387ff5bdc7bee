//go:build goexperiment.goroutineleakprofile

package drive

import (
	"reflect"
	"runtime"
	"strings"
)

// module is the import path of the corpus.
const module = "example.com/corpus/"

// A scenario is one example with the calls that bring its mistake about.
type scenario struct {
	name    string // folder and function: goroutineleak/timeout.Fetch
	bad     func() // nil for a program that is correct
	good    func()
	outside bool // run with the real clock, outside a bubble of synctest
	spins   bool // the positive has a goroutine that neither ends nor blocks
	lives   bool // goroutines of the correct program outlive the call by design
	causes  int  // how many lines of wants one run of bad reaches
}

// scenarios is the table of all examples, filled by the files named as families.
var scenarios []*scenario

type option func(*scenario)

// outside runs both sides with the real clock and asks the leak profile of the
// runtime. Needed where a bubble of synctest does not know that a goroutine is
// blocked: locks, the network, objects in package variables.
func outside(s *scenario) { s.outside = true }

// spins runs both sides with the real clock and looks which goroutines are
// still there after a while.
func spins(s *scenario) { s.outside, s.spins = true, true }

// lives says that goroutines are meant to outlive the call.
func lives(s *scenario) { s.lives = true }

// causes says that a run of the positive gets stuck at n independent lines.
func causes(n int) option { return func(s *scenario) { s.causes = n } }

// twin registers a positive function and its fixed twin, which are driven by
// the same calls. The example bears the name of the function.
func twin[F any](bad, good F, call func(F), opts ...option) {
	pair(funcName(bad), bad, good, call, opts...)
}

// pair is twin for functions that reflection cannot name: "folder.Name".
func pair[F any](name string, bad, good F, call func(F), opts ...option) {
	add(&scenario{name: name, bad: func() { call(bad) }, good: func() { call(good) }, causes: 1}, opts)
}

// silent registers a correct program.
func silent(name string, call func(), opts ...option) {
	add(&scenario{name: "silent/" + name, good: call}, opts)
}

func add(s *scenario, opts []option) {
	for _, o := range opts {
		o(s)
	}
	scenarios = append(scenarios, s)
}

func funcName(f any) string {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	return strings.TrimSuffix(strings.TrimPrefix(name, module), "-fm")
}

// folder returns the package of a scenario, relative to the corpus.
func (s *scenario) folder() string {
	slash := strings.LastIndex(s.name, "/")
	dot := strings.Index(s.name[slash:], ".")
	return s.name[:slash+dot]
}
