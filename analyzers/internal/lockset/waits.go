package lockset

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Waiting in a callee with a lock held by the caller: what a function may wait
// for is part of its summary within the package, as are the locks it takes.
// Only operations on what the package keeps to itself count, for only there all
// partners are in sight. May, with conditions, as acquisitions are.

// Bounds: what a function may wait for, and through how many calls.
const (
	maxWaits     = 12
	maxWaitChain = 5
)

// Wait is an operation that a call may come to wait at.
type Wait struct {
	Kind    waitKind
	Path    string // of the channel, group or condition
	Class   string
	Pre     []Cond
	Dropped []string // paths the function has released before
	Chain   []Step
}

// remote is a wait in a callee with locks held by the caller.
type remote struct {
	op   waitOp
	held []heldAt
}

// waitsHere returns what an instruction waits for, if it has no other way on.
func (p *pkg) waitsHere(i ssa.Instruction) (waitKind, ssa.Value) {
	switch i := i.(type) {
	case *ssa.Send:
		return chanSend, i.Chan
	case *ssa.UnOp:
		if i.Op == token.ARROW {
			return chanRecv, i.X
		}
	case *ssa.Select:
		if i.Blocking && len(i.States) == 1 {
			if i.States[0].Send != nil {
				return chanSend, i.States[0].Chan
			}
			return chanRecv, i.States[0].Chan
		}
	case *ssa.Call:
		if fn := i.Call.StaticCallee(); fn != nil && len(i.Call.Args) > 0 {
			if m, _ := fn.Object().(*types.Func); p.groupMethod(m) == opGroupWait {
				return groupWait, i.Call.Args[0]
			}
		}
	}
	return 0, nil
}

// waits reports whether an instruction waits for something of which all
// partners are in the package.
func (p *pkg) waits(i ssa.Instruction) bool {
	kind, v := p.waitsHere(i)
	if kind == 0 {
		return false
	}
	c := p.class(v)
	return c != "" && p.private(c)
}

// noteWait makes an operation part of the summary.
func (f *frame) noteWait(s *state, i ssa.Instruction) {
	kind, v := f.pkg.waitsHere(i)
	if kind == 0 || !f.pkg.waits(i) {
		return
	}
	f.noteOwn(waitOp{kind: kind, fn: f.fn, at: i, value: v, class: f.pkg.class(v), alone: true})
	p := f.placeOf(v)
	if !p.portable() {
		return
	}
	f.addWait(s, Wait{Kind: kind, Path: p.key(), Class: f.pkg.class(v),
		Chain: []Step{f.step0(i, " waits for "+f.nameOf(p, f.pkg.class(v)))}})
}

func (f *frame) addWait(s *state, w Wait) {
	if len(f.waits) >= maxWaits || len(w.Chain) > maxWaitChain {
		return
	}
	for _, e := range s.entries {
		if o := f.locks[e.lock]; (e.lost || e.cur == 0 && e.need != 0) && o.place.portable() {
			w.Dropped = append(slices.Clone(w.Dropped), o.place.key())
		}
	}
	w.Dropped = set(w.Dropped)
	for _, c := range s.conds {
		if f.entryAtom(c.Atom) && !slices.Contains(w.Pre, c) {
			w.Pre = append(w.Pre, c)
		}
	}
	for k := range f.waits {
		o := &f.waits[k]
		if o.Kind == w.Kind && o.Path == w.Path && slices.Equal(o.Dropped, w.Dropped) && len(intersect(o.Pre, w.Pre)) == len(o.Pre) {
			return
		}
	}
	f.waits = append(f.waits, w)
}

// checkWaits notes which locks are held here when a callee waits.
func (f *frame) checkWaits(s *state, i ssa.Instruction, t *target) {
	if t.fn == nil {
		return
	}
next:
	for _, w := range t.effects.Waits {
		var open []Cond
		certain := true
		for _, c := range w.Pre {
			switch f.condition(s, t, c) {
			case -1:
				continue next
			case 0:
				if p, ok := f.translate(t, c.Atom); ok && p.portable() {
					open = append(open, Cond{p.key(), c.Val, c.Eq})
				}
				certain = certain && sure(c)
			}
		}
		p, ok := f.translate(t, w.Path)
		if !ok {
			continue
		}
		var gone []string
		for _, path := range w.Dropped {
			if g, ok := f.translate(t, path); ok {
				gone = append(gone, g.key())
			}
		}
		chain := append([]Step{f.step0(i, " calls "+t.name)}, w.Chain...)
		if certain {
			r := remote{op: waitOp{kind: w.Kind, fn: f.fn, at: i, place: &p, class: w.Class, alone: true, chain: chain}}
			f.noteOwn(r.op)
			for _, e := range s.entries {
				l := f.locks[e.lock]
				if e.held() && !l.once && !slices.Contains(gone, l.place.key()) {
					r.held = append(r.held, heldAt{l, e})
				}
			}
			if len(r.held) > 0 {
				f.remotes = append(f.remotes, r)
			}
		}
		if p.portable() {
			up := w
			up.Path, up.Pre, up.Chain = p.key(), open, chain
			up.Dropped = slices.Clone(gone)
			f.addWait(s, up)
		}
	}
}
