package lockset

import (
	"go/token"
	"slices"
	"sort"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// An entry is what a state knows of one lock. No entry: the lock is as it was
// when the function was entered.
type entry struct {
	lock int  // index into frame.locks
	need Mode // the function released it first: callers hold it, in this mode
	cur  Mode // 0 free, else how it is held
	was  Mode // how it was held before it was released last
	n    int  // how many times it is held for reading
	lost bool // its status is no longer known
	away bool // so for good: a closure that releases it is kept somewhere

	deferred  bool // a deferred call releases it
	ambiguous bool // a branch since may be correlated with the status
	dynamic   bool // while held, something ran that the analysis cannot see
	helped    bool // since it was released a function ran that a caller chose: it may have locked it
	tried     bool // taken by TryLock

	at    token.Pos // where it was acquired or released last
	instr ssa.Instruction
	by    *call // the callee that left it so, nil if the function itself did
}

// held reports whether the lock is for certain held because of what this
// function did.
func (e *entry) held() bool { return e.cur != 0 && !e.lost && !e.ambiguous }

// freed reports whether the lock is for certain not held because of what
// this function did.
func (e *entry) freed() bool { return e.cur == 0 && !e.lost && !e.ambiguous }

// A Cond is something known about a value: that it is, or is not, a constant.
type Cond struct {
	Atom string
	Val  string
	Eq   bool
}

// A state is one abstract state: the locks, the deferred calls so far, and
// what is known of the values that were branched on. States are never changed
// once they are shared: use clone.
type state struct {
	entries []entry // by lock
	defers  []*ssa.Defer
	called  []string // callbacks run so far, as portable paths
	conds   []Cond   // by atom; shared by states, never changed
}

func (s *state) clone() *state {
	return &state{slices.Clone(s.entries), slices.Clip(s.defers), slices.Clip(s.called), s.conds}
}

func (s *state) find(lock int) *entry {
	for i := range s.entries {
		if s.entries[i].lock == lock {
			return &s.entries[i]
		}
	}
	return nil
}

// entry returns the entry of a lock, made if need be.
func (s *state) entry(lock int) *entry {
	i := sort.Search(len(s.entries), func(i int) bool { return s.entries[i].lock >= lock })
	if i == len(s.entries) || s.entries[i].lock != lock {
		s.entries = slices.Insert(s.entries, i, entry{lock: lock})
	}
	return &s.entries[i]
}

func (s *state) remove(lock int) {
	s.entries = slices.DeleteFunc(s.entries, func(e entry) bool { return e.lock == lock })
}

// signature tells which states are merged: those that agree on it.
func (s *state) signature() string {
	var b []byte
	for _, e := range s.entries {
		b = strconv.AppendInt(b, int64(e.lock), 10)
		b = append(b, ':', '0'+byte(e.need), '0'+byte(e.cur), '0'+byte(e.n))
		if e.lost {
			b = append(b, 'l')
		}
		if e.deferred {
			b = append(b, 'd')
		}
		b = append(b, ' ')
	}
	b = append(b, '|')
	for _, d := range s.defers {
		b = strconv.AppendInt(b, int64(d.Block().Index), 10)
		b = append(b, '.')
		b = strconv.AppendInt(b, int64(d.Pos()), 10)
		b = append(b, ' ')
	}
	b = append(b, '|')
	for _, c := range s.called {
		b = append(b, c...)
		b = append(b, ' ')
	}
	return string(b)
}

// status is the part of an entry that branches can be correlated with.
func (e *entry) status() string {
	if e == nil {
		return ""
	}
	return string([]byte{'0' + byte(e.need), '0' + byte(e.cur), '0' + byte(e.n)})
}

// absorb merges t, of equal signature, into s and reports whether s changed.
func (s *state) absorb(t *state) bool {
	changed := false
	for i := range s.entries {
		a, b := &s.entries[i], &t.entries[i]
		if a.ambiguous && !b.ambiguous {
			a.ambiguous, changed = false, true
			a.at, a.instr, a.by = b.at, b.instr, b.by
		}
		if a.by == nil && b.by != nil {
			a.by, changed = b.by, true
		}
		if !a.helped && b.helped {
			a.helped, changed = true, true
		}
		if !a.dynamic && b.dynamic {
			a.dynamic, changed = true, true
		}
	}
	if s.drop(func(c Cond) bool { return !slices.Contains(t.conds, c) }) {
		changed = true
	}
	return changed
}

// knows tells whether "atom is val" is known to hold (1), known not to (-1)
// or unknown (0).
func (s *state) knows(atom, val string) int {
	for _, c := range s.conds {
		if c.Atom != atom {
			continue
		}
		switch {
		case c.Eq && c.Val == val:
			return 1
		case c.Eq, c.Val == val:
			return -1
		case val == "true" && c.Val == "false", val == "false" && c.Val == "true":
			return 1 // not false: true
		}
	}
	return 0
}

// maxConds bounds what a state remembers of branches.
const maxConds = 24

// learn records "atom is val", or is not.
func (s *state) learn(atom, val string, eq bool) {
	if !eq { // a boolean is one or the other
		switch val {
		case "true":
			val, eq = "false", true
		case "false":
			val, eq = "true", true
		}
	}
	c := Cond{atom, val, eq}
	if eq {
		s.drop(func(o Cond) bool { return o.Atom == atom && o != c })
	}
	if slices.Contains(s.conds, c) {
		return
	}
	old := s.conds
	if len(old) >= maxConds {
		old = old[1:]
	}
	at := len(old)
	for at > 0 && (atom < old[at-1].Atom || atom == old[at-1].Atom && val < old[at-1].Val) {
		at--
	}
	s.conds = append(append(append(make([]Cond, 0, len(old)+1), old[:at]...), c), old[at:]...)
}

// forget drops what is known about atoms that match.
func (s *state) forget(match func(atom string) bool) {
	s.drop(func(c Cond) bool { return match(c.Atom) })
}

// drop forgets conditions, and reports whether there were some.
func (s *state) drop(match func(Cond) bool) bool {
	first := slices.IndexFunc(s.conds, match)
	if first < 0 {
		return false
	}
	kept := slices.Clone(s.conds[:first])
	for _, c := range s.conds[first+1:] {
		if !match(c) {
			kept = append(kept, c)
		}
	}
	s.conds = kept
	return true
}
