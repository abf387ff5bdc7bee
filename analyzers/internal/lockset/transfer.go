package lockset

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// What one instruction does to a state, calls apart (see calls.go).

// redefine is called when a value that locks may be rooted at is defined
// again, in a loop: what was known is about another object.
func (f *frame) redefine(s *state, v ssa.Value) {
	for _, l := range f.rooted[v] {
		e := s.find(l)
		if e == nil {
			continue
		}
		if f.emit && e.held() && e.need == 0 && !e.deferred {
			if i, ok := v.(ssa.Instruction); ok {
				f.dropped = append(f.dropped, drop{f.locks[l], *e, i})
			}
		}
		s.remove(l)
	}
}

// acts reports whether an instruction may do anything to a state.
func (f *frame) acts(i ssa.Instruction) bool {
	switch i := i.(type) {
	case *ssa.Call, *ssa.Defer, *ssa.RunDefers, *ssa.Go, *ssa.Store, *ssa.MakeClosure, *ssa.Send, *ssa.Select, *ssa.UnOp:
		return true
	case *ssa.Alloc:
		return isBool(i) || f.inLoop[i.Block().Index]
	case *ssa.DebugRef:
		return false
	}
	return f.inLoop[i.Block().Index]
}

// step runs a state through one instruction.
func (f *frame) step(s *state, i ssa.Instruction) []*state {
	if v, ok := i.(ssa.Value); ok && f.inLoop[i.Block().Index] {
		s = f.define(s, v)
	}
	switch i := i.(type) {
	case *ssa.Call:
		if f.emit {
			f.noteAround(s, i)
		}
		return f.call(s, i, &i.Call)
	case *ssa.Defer:
		return []*state{f.deferCall(s, i)}
	case *ssa.RunDefers:
		return f.runDefers(s, i)
	case *ssa.Go:
		return []*state{f.spawn(s, i)}
	case *ssa.Store:
		return []*state{f.store(s, i)}
	case *ssa.Alloc:
		if isBool(i) && f.cell(i) == nil && !setAtOnce(i) {
			s = s.clone()
			s.learn(f.content(i), "false", true)
		}
		return []*state{s}
	case *ssa.MakeClosure:
		return []*state{f.closure(s, i)}
	case *ssa.Send, *ssa.Select:
		f.blocking(s, i)
	case *ssa.UnOp:
		return []*state{f.loadOrReceive(s, i)}
	}
	return []*state{s}
}

// define drops what was known of a value from an earlier iteration.
func (f *frame) define(s *state, v ssa.Value) *state {
	if _, isPhi := v.(*ssa.Phi); isPhi {
		return s // done on the edge
	}
	if len(s.conds) == 0 && len(f.rooted[v]) == 0 {
		return s
	}
	base := f.base(v).key()
	stale := false
	for _, c := range s.conds {
		stale = stale || mentions(c.Atom, base)
	}
	for _, l := range f.rooted[v] {
		stale = stale || s.find(l) != nil
	}
	if !stale {
		return s
	}
	s = s.clone()
	s.forget(func(atom string) bool { return mentions(atom, base) })
	f.redefine(s, v)
	return s
}

// store tracks constants in local variables and drops conditions on what is
// overwritten.
func (f *frame) store(s *state, i *ssa.Store) *state {
	s = f.overwrite(s, i)
	if _, caught := i.Addr.(*ssa.FreeVar); caught {
		return s // conditions are on what it held when the closure was called
	}
	atom := f.placeOf(i.Addr).key() + "*"
	_, local := i.Addr.(*ssa.Alloc)
	if !local && len(s.conds) == 0 {
		return s
	}
	s = s.clone()
	s.forget(func(a string) bool { return mentions(a, atom) })
	if val, eq := f.constant(s, i.Val); val != "" {
		s.learn(atom, val, eq)
	} else {
		s.copyInto(s, atom, f.atom(i.Val, 0))
	}
	return s
}

// overwrite gives up the locks in a struct that is assigned as a whole: they are
// others from here on, mostly free ones.
func (f *frame) overwrite(s *state, i *ssa.Store) *state {
	switch i.Val.Type().Underlying().(type) {
	case *types.Struct, *types.Array:
	default:
		return s
	}
	if len(s.entries) == 0 {
		return s
	}
	whole := f.placeOf(i.Addr).key()
	s = s.clone()
	for k := range s.entries {
		e := &s.entries[k]
		if rest, ok := strings.CutPrefix(f.locks[e.lock].place.key(), whole); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			e.lost = true
		}
	}
	return s
}

// content is the atom of what is stored at an address.
func (f *frame) content(addr ssa.Value) string { return f.placeOf(addr).key() + "*" }
