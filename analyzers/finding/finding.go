// Package finding holds what concheck can prove of a package: an operation that
// blocks for ever or panics, and one schedule that gets there. Checks pick the
// findings of their kind from it and phrase them; drivers read the steps.
package finding

import (
	"cmp"
	"fmt"
	"go/token"
	"hash/fnv"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// Kind is what goes wrong at the position of a finding.
type Kind uint8

// The kinds of finding. Those from Send to Unsignalled never get further, the others panic.
const (
	Send           Kind = iota // a send blocks
	Receive                    // a receive blocks
	Range                      // a range over a channel blocks
	Select                     // a select blocks
	Wait                       // WaitGroup.Wait blocks
	Cond                       // Cond.Wait blocks
	Lock                       // Lock or RLock blocks
	Call                       // a library call blocks (a pipe, a group at its limit)
	Endless                    // a loop goes on for ever
	Spin                       // a loop goes on for ever because a channel is closed
	Unsignalled                // a loop goes on for ever because a channel is not
	SendClosed                 // send on a closed channel
	CloseClosed                // close of a closed channel
	CloseNil                   // close of a nil channel
	Negative                   // negative WaitGroup counter
	UnlockUnlocked             // unlock of an unlocked mutex
)

var kindNames = [...]string{
	"send", "receive", "range", "select", "wait", "cond", "lock", "call", "endless", "spin", "unsignalled",
	"send", "close", "closenil", "negative", "unlocked",
}

// String is the kind's part of a category: goroutineleak/send.
func (k Kind) String() string { return kindNames[k] }

// Blocks reports whether the operation never returns; otherwise it panics.
func (k Kind) Blocks() bool { return k <= Unsignalled }

// Place is where a goroutine stands.
type Place struct {
	Kind    Kind
	Object  string // what it waits for, in the user's words; may be empty
	Func    string // the function it stands in, in the user's words
	Entry   string // the function its goroutine was started with: path.F, (*path.T).M, $n for literals
	Pos     token.Pos
	Far     string    // file:line if it stands in another package; Pos is then the call that leads there
	Started token.Pos // of the go statement of its goroutine, NoPos for the caller's own
	Made    token.Pos // where the object was made, NoPos if that is not known
	Nil     bool      // every channel it waits for is nil
	Limited bool      // the channel has a buffer, which is full
	Read    bool      // Lock: RLock of an RWMutex
	RW      bool      // Lock: of an RWMutex
	NoCases bool      // Select: there is no case
}

// Spawned reports whether the goroutine was started by a go statement in sight.
func (p Place) Spawned() bool { return p.Started.IsValid() }

// Step is one operation of the schedule that proves a finding.
type Step struct {
	Goroutine int // 0 is the caller's
	Pos       token.Pos
	Text      string
}

// Finding is a mistake with its proof.
type Finding struct {
	Place
	Root     string    // the function whose call leads there, in the user's words
	Returned token.Pos // where Root returned before, NoPos if it did not
	Others   []Place   // who is stuck together with it
	Helped   bool      // one of them could help
	Steps    []Step    // as Condensed gives them
	Context  []Step    // where the goroutine was started, where the object was made

	Patient bool // only the end of the caller's context would help

	// Of a goroutine of an object that somebody drops without ending it.
	Forgotten *Forgotten

	// Of a finding that takes clients of a type: the methods that they call at
	// the same time, and what they have called before.
	Calls    []string
	Before   string
	Contract bool // it takes calls in an order that the type may forbid
}

// Forgotten is the end of an object's goroutine that somebody forgets.
type Forgotten struct {
	At      token.Pos // of the call that opens the object
	Opening string    // what is called there: NewPool, Pool.Start
	Method  string    // what would end the goroutine: Close
}

// At is where the finding is reported: where it happens, or where somebody opens
// an object that he forgets to close.
func (f *Finding) At() token.Pos {
	if f.Forgotten != nil {
		return f.Forgotten.At
	}
	return f.Pos
}

// Fingerprint identifies a finding across edits elsewhere in the file: it
// depends on what is wrong with which object in which function, not on lines.
func (f *Finding) Fingerprint() string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d\x00%s\x00%s\x00%s", f.Kind, f.Object, f.Func, f.Root)
	return fmt.Sprintf("%016x", h.Sum64())
}

// Related is the schedule as related lines of a diagnostic, in its order, after
// what one must know to read it.
func (f *Finding) Related() []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	if f.Forgotten != nil {
		out = append(out, analysis.RelatedInformation{Pos: f.Pos, Message: "the goroutine waits here: " + f.what()})
	}
	for _, s := range slices.Concat(f.Context, f.Steps) {
		if s.Pos.IsValid() && !(f.Forgotten != nil && s.Pos == f.At()) {
			out = append(out, analysis.RelatedInformation{Pos: s.Pos, Message: s.Text})
		}
	}
	told := map[token.Pos]bool{f.Pos: true}
	for _, o := range f.Others {
		if o.Pos.IsValid() && !told[o.Pos] {
			told[o.Pos] = true
			out = append(out, analysis.RelatedInformation{Pos: o.Pos, Message: "also waits for ever: " + o.what()})
		}
	}
	return out
}

// Sort orders findings by position and kind.
func Sort(list []*Finding) {
	slices.SortStableFunc(list, func(a, b *Finding) int {
		return cmp.Or(cmp.Compare(a.At(), b.At()), cmp.Compare(a.Kind, b.Kind))
	})
}
