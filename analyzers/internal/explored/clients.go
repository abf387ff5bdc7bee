package explored

import (
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/extract"
)

// Bounds of the client roots of a package.
const (
	clientWork  = 40_000    // of one root
	slotsWork   = 160_000   // of one that fills buffers
	slotsDepth  = 5_000     // of a schedule of such a root
	typeWork    = 1_000_000 // of one type
	clientsWork = 6_000_000 // of all
)

// runClients explores the clients of the package's types, for what the other
// roots have not told.
func (e *explorer) runClients(told map[token.Pos]bool) {
	total := 0
	ofType := map[string]int{}
	alone := map[string]bool{} // types for which what other packages do was too much
	for i := range e.pkg.Clients {
		c := &e.pkg.Clients[i]
		most := clientWork
		if c.Slots {
			most = slotsWork
		}
		work := min(most, typeWork-ofType[c.Type], clientsWork-total)
		if work <= 0 {
			e.note(Root{Func: c.Root.Func, Bound: "work"})
			continue
		}
		e.prog = e.whole
		if alone[c.Type] {
			e.prog = e.aloneProgram()
		}
		run := e.exploreFirst
		if c.Slots {
			run = e.exploreLong
		}
		res := run(c.Root, work)
		if res != nil && (res.Bound != "" || res.Doubtful) && !alone[c.Type] && e.goesAbroad(res) {
			// As with other roots: better without other packages than not at all.
			total += res.Work + e.takeClients(c, res, told)
			alone[c.Type] = true
			e.prog = e.aloneProgram()
			res = run(c.Root, work)
		}
		if res == nil {
			continue
		}
		e.note(Root{c.Root.Func, res.Bound, res.Entered})
		before := total
		total += res.Work
		total += e.takeClients(c, res, told)
		ofType[c.Type] += total - before
	}
}

// exploreLong is exploreFirst for schedules that fill a buffer.
func (e *explorer) exploreLong(r extract.Root, work int) *explore.Result {
	return e.runOnce(r, explore.Limits{Work: work, Step: firstStep, Vain: firstVain, Depth: slotsDepth})
}

// takeClients takes over what clients found, and returns the work that it took. Without
// other packages nobody knows what becomes of functions that these are given: they may
// be what helps.
func (e *explorer) takeClients(c *extract.Clients, res *explore.Result, told map[token.Pos]bool) (work int) {
	var inTurn *turns // nil while nobody has asked
	var returns bool
	for i := range res.Findings {
		x := &res.Findings[i]
		f := e.translate(c.Root, x)
		if c.Patient && !patient(x) {
			continue // it takes no such context to show it
		}
		if c.Slots && (f.Spawned() || !f.Kind.Blocks()) {
			continue // no matter of slots: fewer calls show it, if it is a mistake
		}
		if !f.Pos.IsValid() || told[f.Pos] || e.demands[demand{f.Kind, f.Pos}] || f.Kind.Blocks() && (!provable(c, f) || res.Gave && e.prog == e.alone) || !e.stands(c.Root, x) {
			continue
		}
		shorter := e.shorter(c.Root, x)
		f = e.translate(c.Root, shorter)
		if c.Patient {
			waitsPatiently(f, shorter)
		}
		if inTurn == nil {
			inTurn, returns, work = e.inTurn(c, res)
		}
		// Whether a panic takes calls at the same time nobody can tell if no client
		// comes to its second call.
		turn := inTurn.shows(f)
		untold := !returns && !f.Kind.Blocks() && !turn
		if untold && c.Unstarted {
			continue // it takes an object whose work has begun
		}
		untold = untold && len(c.Calls) == 2 && c.Calls[0] == c.Calls[1]
		f.Calls, f.Before, f.Root = c.Calls, c.Before, ""
		f.Contract = c.Again || miscount(f) || chosenNumber(x) || turn && contract(c, f) || untold || oneHolder(f) || x.Main.Kept || e.refused(c.Root, x)
		if f.Contract {
			e.demands[demand{f.Kind, f.Pos}] = true
		} else {
			told[f.Pos] = true
		}
		e.res.Findings = append(e.res.Findings, f)
	}
	return work
}

// demand is something that goes wrong by a matter of contract. Other ways to get there
// are taken for the same matter.
type demand struct {
	kind finding.Kind
	pos  token.Pos
}

// provable reports whether clients alone are to blame for a wait: nobody else may
// help, and what begins the object's work was called if it is that which makes
// the channel.
func provable(c *extract.Clients, f *finding.Finding) bool {
	return !c.Foreign && (len(c.Calls) <= 2 || c.Slots) && !(f.Nil && (c.Unstarted || c.Behind))
}

// turns are the findings that show even if one client makes the calls, one after
// the other: their places and, as a call that comes too late may panic at another one
// than a call that comes just then, the channels that panic.
type turns struct {
	at   map[token.Pos]bool
	made map[finding.Place]bool
}

func (t *turns) shows(f *finding.Finding) bool {
	return t.at[f.Pos] || t.made[panicOf(f)]
}

// panicOf is a panic wherever it occurs, the zero value for what is none or has no
// channel that is known.
func panicOf(f *finding.Finding) (p finding.Place) {
	if !f.Kind.Blocks() && f.Made.IsValid() {
		p.Kind, p.Made = f.Kind, f.Made
	}
	return p
}

// inTurn finds what goes wrong in turn, and tells whether one client can make all of
// the calls, as far as all that it can do was seen.
func (e *explorer) inTurn(c *extract.Clients, res *explore.Result) (found *turns, returns bool, work int) {
	found = &turns{at: map[token.Pos]bool{}, made: map[finding.Place]bool{}}
	whole := true
	note := func(res *explore.Result) {
		returns = returns || slices.Contains(res.Returned, 0) // their go statement has no position
		whole = whole && res.Bound == ""
		for i := range res.Findings {
			f := e.translate(c.Root, &res.Findings[i])
			found.at[f.Pos] = true
			if p := panicOf(f); p.Made.IsValid() {
				found.made[p] = true
			}
		}
	}
	if c.Alone || len(c.Calls) < 2 {
		note(res)
	}
	for _, name := range c.InTurn {
		r := c.Root
		r.Func = name
		if res := e.explore(r, clientWork); res != nil {
			work += res.Work
			note(res)
		}
	}
	return found, returns && whole, work
}

// miscount reports whether a counter or a lock is undone by a call that has to
// follow another, as Done follows Do.
func miscount(f *finding.Finding) bool {
	return f.Kind == finding.Negative || f.Kind == finding.UnlockUnlocked
}

// chosenNumber reports whether a client that waits had to go by a certain number
// before, which is often the name of something: who passes it has to know what it
// stands for.
func chosenNumber(f *explore.Finding) bool {
	for _, s := range f.Steps {
		for _, c := range s.Choices {
			if _, err := strconv.Atoi(c.Val); err == nil && f.Main.Started == 0 && s.Goroutine == f.Main.ID {
				return true
			}
		}
	}
	return false
}

// contract reports whether a type may well forbid the calls that lead to a
// finding, which one client can make in turn: those that panic, and an ending
// method or one that takes a result, called twice. No type forbids a single call,
// but before its work has begun.
func contract(c *extract.Clients, f *finding.Finding) bool {
	if !f.Kind.Blocks() {
		return (len(f.Calls) != 1 || c.Unstarted || f.Kind == finding.CloseNil) && !endsBoth(f)
	}
	if len(f.Calls) < 2 || len(slices.Compact(slices.Clone(f.Calls))) > 1 || f.Spawned() {
		return false
	}
	return f.Kind == finding.Receive && len(f.Calls) == 2 || ends(f.Calls[0])
}

// endsBoth reports whether the calls end an object and a handle to it, each of
// which may well come last.
func endsBoth(f *finding.Finding) bool {
	return len(f.Calls) == 2 && ends(f.Calls[0]) && ends(f.Calls[1]) && strings.Contains(f.Calls[0], ".") != strings.Contains(f.Calls[1], ".")
}

// oneHolder reports whether a panic takes two calls on one handle at the same time:
// mostly, a handle is for one goroutine.
func oneHolder(f *finding.Finding) bool {
	return !f.Kind.Blocks() && len(f.Calls) == 2 && strings.Contains(f.Calls[0], ".") && strings.Contains(f.Calls[1], ".")
}

// ends reports whether a method ends the work of an object, or of a handle to one.
func ends(call string) bool {
	name := call[strings.LastIndexByte(call, '.')+1:]
	return slices.ContainsFunc(endings, func(verb string) bool {
		rest, ok := strings.CutPrefix(name, verb)
		return ok && (rest == "" || unicode.IsUpper(rune(rest[0])))
	})
}

// endings are the names by which methods end the work of an object, alone or
// before other words: Stop, StopNow.
var endings = []string{"Close", "Stop", "Shutdown", "Cancel", "Quit", "End", "Exit", "Kill", "Terminate", "Finish", "Done", "Release", "Disconnect"}
