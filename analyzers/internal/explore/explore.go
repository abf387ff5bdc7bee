// Package explore runs a skeleton program under every schedule and asks one
// question in every state: which goroutines wait for something that nothing
// still alive can reach? It also reports the panics of concurrency: send on and
// close of a closed channel, close of a nil channel, a negative WaitGroup
// counter, unlock of an unlocked mutex.
//
// What it computes: a may analysis over schedules and over the decisions on
// unknown data (a finding is one schedule that gets there), with a must
// question in each state (who is stuck is stuck in every continuation, for
// whatever might still help counts as alive).
//
// Bounds: counts only (Limits), so that a result is the same on every machine.
// A bound that is hit cuts paths and is named in Result.Bound; what was found
// before stands.
//
// What it ignores: data races (loads and stores run in one go with the
// concurrency operation before them), values beyond small scope, and whatever
// the environment could break; what the environment might help is alive.
package explore

import (
	"maps"
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// RootKind tells what happens when the root function returns.
type RootKind uint8

// The kinds of root.
const (
	Plain  RootKind = iota // the caller goes on with the results
	Main                   // the process ends
	Init                   // main follows
	Test                   // other tests follow
	Client                 // the root has an object and may go on using it, see further
)

// Root is where an exploration starts.
type Root struct {
	Func string
	Kind RootKind
}

// Limits bound an exploration by counts. A zero field means its default.
type Limits struct {
	States     int // states visited, default 20,000
	Depth      int // visible steps of one schedule, default 2,000
	Goroutines int // alive at one time, default 16, at most 60
	Objects    int // in the heap at one time, default 400
	Frames     int // calls nested in one goroutine, default 24
	Work       int // instructions run and cells copied, default 2,000,000
	Run        int // invisible instructions between two visible operations, default 4,000
	Rounds     int // times that one schedule has a goroutine take one way from one operation, default unlimited; little is spent on each step if set
	Step       int // work of one step on its decisions, default half of what is left
	Vain       int // steps that may hit a bound on decisions in a search that sees next to no states, default unlimited

	Plenty bool // lengths are chosen so large that others cannot take all, see plenty.go
}

func (l Limits) withDefaults() Limits {
	def := func(n *int, d int) {
		if *n == 0 {
			*n = d
		}
	}
	def(&l.States, 20000)
	def(&l.Depth, 2000)
	def(&l.Goroutines, 16)
	def(&l.Objects, 400)
	def(&l.Frames, 24)
	def(&l.Work, 2_000_000)
	def(&l.Run, 4000)
	l.Goroutines = min(l.Goroutines, 60)
	return l
}

// Kind is what went wrong.
type Kind uint8

// The kinds of finding.
const (
	Stuck           Kind = iota // waits for ever
	SendClosed                  // send on a closed channel
	CloseClosed                 // close of a closed channel
	CloseNil                    // close of a nil channel
	NegativeCounter             // WaitGroup counter below zero
	UnlockUnlocked              // unlock of an unlocked mutex
	Endless                     // a loop that only time drives and nobody can end
	Spin                        // a loop that a closed channel keeps going, without a way out
)

// Frame is one call of a goroutine's stack, innermost first.
type Frame struct {
	Func string // name of the skeleton
	Pos  skeleton.Pos
}

// Wait is one thing a blocked goroutine waits for (a select has several).
type Wait struct {
	Op    skeleton.Op
	Name  string       // the object in the user's words
	Pos   skeleton.Pos // of the operation or the case
	Made  skeleton.Pos // where the object was made, 0 if unknown
	Nil   bool         // the channel is nil
	Range bool         // a range loop
	Cap   int          // of the channel
	RW    bool         // the lock is an RWMutex
}

// Goroutine is what a finding tells of a goroutine.
type Goroutine struct {
	ID      int
	Root    bool
	Func    string       // function the goroutine was started with
	Started skeleton.Pos // of the go statement, or of the call in the package that leads there; 0 for the root
	Spawned skeleton.Pos // of the go statement itself, in whatever package it is
	Born    []Frame      // the stack at the go statement, innermost first, then that of the goroutine which it belongs to
	Stack   []Frame      // innermost first, without frames of library functions
	Op      skeleton.Op  // the operation it stands at
	Name    string       // its object in the user's words
	Pos     skeleton.Pos // its position, or that of the call in the package that leads there
	Far     skeleton.Pos // its position if that is in another package, else 0
	Waits   []Wait
	Inside  bool   // it stands inside a library function, at the call of it
	Call    string // that call in the user's words: enc.Encode, io.Copy
	Kept    bool   // it waits for a lock that a client holds whose call has returned

	at *skeleton.Instr // the operation
}

// Choice is a decision on unknown data that a step took.
type Choice struct {
	Pos  skeleton.Pos // of the instruction that asked
	Text string       // in the form "len(items) = 2"
	Val  string       // the value chosen: nil, nonnil, true, 3, "text"

	Outcome bool // it is about nothing but how calls go, which the root's callers cannot know

	at       *skeleton.Instr // the instruction that asked
	forgot   bool            // it is about what was known before others came by it
	again    bool            // it is about the length of what others may have replaced
	uncalled bool            // it takes a function for not called that others have got
	ample    bool            // it is a length larger than others take in
	status   bool            // it is about a flag of an object that another package looks after
}

// Status reports whether a choice is about the state of an object that the root was
// given and that is known to another package alone, such as whether a queue is closed.
func (c Choice) Status() bool { return c.status }

// Step is one visible operation of a schedule.
type Step struct {
	Goroutine int
	Op        skeleton.Op
	Name      string
	Pos       skeleton.Pos // of the operation, or of the call in the package that leads there
	Far       skeleton.Pos // of the operation if that is in another package, else 0
	Case      int          // of a select, -1 for its default and for other operations
	Partner   int          // goroutine of the rendezvous, -1 if none
	Env       bool         // the environment took part
	Timer     bool         // time did
	Ended     bool         // a context of the environment ended
	Choices   []Choice

	ready     bool   // a receive that succeeds at once from now on
	lent      bool   // the environment took part in what the program made
	at        *instr // the operation
	partnerAt *instr // that of the partner, nil if there is none
}

// Finding is a mistake with the schedule that proves it.
type Finding struct {
	Kind   Kind
	Main   Goroutine   // whose partner is missing, or who panics
	Others []Goroutine // stuck in the same state
	Helped bool        // one of the others could help if it were not stuck
	Steps  []Step
	// Returned tells where the root returned before the state was reached, 0 if it did not.
	Returned skeleton.Pos

	deferred bool // the failing operation is a deferred call
}

// Result is what exploring one root gave.
type Result struct {
	Findings []Finding
	States   int
	Work     int            // instructions run and cells copied
	Bound    string         // the limit that was hit first, "" if the exploration is complete
	Entered  []string       // functions entered, sorted
	Doubtful bool           // it was too much to look whether further calls help some who wait
	Scant    bool           // lengths were chosen that are larger with Limits.Plenty
	Gave     bool           // a function of the program was given to one that is not in it
	Returned []skeleton.Pos // go statements a goroutine of which has returned, on some path, sorted
}

// Run explores root in prog. It never panics on a program that passes Check of
// its functions; a root that is not in prog gives an empty result.
func Run(prog *skeleton.Program, root Root, lim Limits) *Result {
	return NewProgram(prog).Run(root, lim)
}

// shallow is the depth of a first search: short schedules prove most mistakes,
// and a search that goes deep at once may spend its states on the end of a loop.
const shallow = 200

// Run explores a root of a linked program.
func (p *Program) Run(root Root, lim Limits) *Result {
	res := &Result{}
	if p.lookup(root.Func) == nil {
		return res
	}
	lim = lim.withDefaults()
	s := newSearch(p, root, lim)
	s.lim.Depth = min(lim.Depth, shallow)
	s.run()
	if s.bound == "depth" && s.lim.Depth < lim.Depth && s.visitedStates < lim.States/2 {
		// Only long schedules are left.
		deep := newSearch(p, root, lim)
		deep.list, deep.found, deep.entered, deep.over = s.list, s.found, s.entered, s.over
		deep.doubtful, deep.gave, deep.scant = s.doubtful, s.gave, s.scant
		deep.run()
		deep.visitedStates += s.visitedStates
		deep.work += s.work
		deep.furtherWork += s.furtherWork
		s = deep
	}
	res.States = s.visitedStates
	res.Work = s.work + s.furtherWork
	res.Bound, res.Doubtful, res.Gave, res.Scant = s.bound, s.doubtful, s.gave, s.scant
	res.Findings = s.findings()
	for f := range s.entered {
		res.Entered = append(res.Entered, f.src.Name)
	}
	slices.Sort(res.Entered)
	res.Returned = slices.Sorted(maps.Keys(s.over))
	return res
}
