package explored

import (
	"go/token"
	"slices"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/extract"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Forgotten ends: a goroutine that a constructor or a Start method has started
// waits for ever, and a method of the object would have ended it. The place to
// mend is then the caller that drops the object.
//
// Which method ends the goroutine is found by exploring an object that is opened
// and dropped: the goroutine must be stuck at the same operation, and where the
// method is called in between it must return, and must not be stuck in any
// schedule, without a bound being hit.

// opened is a go statement that is reached through an opening, and where its
// goroutine waits.
type opened struct {
	opening *extract.Opening
	spawned skeleton.Pos
	at      skeleton.Pos
	op      skeleton.Op
}

func openedBy(o *extract.Opening, g *explore.Goroutine) opened {
	at := g.Pos
	if g.Far != 0 {
		at = g.Far
	}
	return opened{o, g.Spawned, at, g.Op}
}

// forgotten finds out what is to blame for a goroutine that waits for ever: the
// opening whose caller drops the object, and the method it forgets to call. It
// returns nil where that is not so clear.
func (e *explorer) forgotten(r extract.Root, f *explore.Finding) *finding.Forgotten {
	if f.Kind != explore.Stuck && f.Kind != explore.Endless || f.Main.Started == 0 || explore.RootKind(r.Kind) == explore.Client {
		return nil
	}
	// An object may be part of another: who opened that is asked first.
	born := f.Main.Born
	for i := len(born) - 2; i >= 0; i-- {
		o, at := e.pkg.Openings[born[i].Func], e.droppedAt(born[i+1:])
		if o == nil || !at.IsValid() || o.By(born[i+1].Func) {
			continue
		}
		if method := e.ending(openedBy(o, &f.Main)); method != "" {
			return &finding.Forgotten{At: at, Opening: o.Name, Method: method}
		}
	}
	return nil
}

// droppedAt is the call that drops the object which the innermost of the frames has
// opened: in the first frame that does not return it as an interface, as what is
// no opening by its type does.
func (e *explorer) droppedAt(frames []explore.Frame) token.Pos {
	for len(frames) > 1 && e.pkg.Pos(frames[1].Pos).IsValid() && handsOn(e.pkg.Prog.Funcs[frames[0].Func], frames[0].Pos) {
		frames = frames[1:]
	}
	return e.pkg.Pos(frames[0].Pos)
}

// handsOn reports whether a function returns what a call in it returns.
func handsOn(f *skeleton.Func, call skeleton.Pos) bool {
	if f == nil {
		return false
	}
	held := map[skeleton.Reg]bool{}
	holds := func(a skeleton.Arg) bool { return a.Kind == skeleton.ArgReg && held[skeleton.Reg(a.N)] }
	for _, b := range f.Blocks {
		for i := range b {
			switch in := &b[i]; {
			case in.Op == skeleton.Call && in.Pos == call && in.Dst != skeleton.NoReg:
				held[in.Dst] = true
			case in.Op == skeleton.Iface && holds(in.Args[0]):
				held[in.Dst] = true
			case in.Op == skeleton.Return && slices.ContainsFunc(in.Args, holds):
				return true
			}
		}
	}
	return false
}

// ending is the method that ends such a goroutine, "" if there is none.
func (e *explorer) ending(o opened) string {
	if m, ok := e.endings[o]; ok {
		return m
	}
	e.endings[o] = ""
	explored := func(fn string) (res *explore.Result, stuck []explore.Goroutine) {
		if res = e.explore(extract.Root{Func: fn}, littleWork); res == nil {
			return &explore.Result{Bound: "panic"}, nil
		}
		for _, x := range res.Findings {
			for _, g := range append(x.Others, x.Main) {
				if g.Spawned == o.spawned {
					stuck = append(stuck, g)
				}
			}
		}
		return res, stuck
	}
	_, dropped := explored(o.opening.Drop)
	if !slices.ContainsFunc(dropped, func(g explore.Goroutine) bool { return openedBy(o.opening, &g) == o }) {
		return ""
	}
	for _, end := range o.opening.Endings {
		res, stuck := explored(end.Func)
		if res.Bound == "" && len(stuck) == 0 && slices.Contains(res.Returned, o.spawned) {
			e.endings[o] = end.Method
			break
		}
	}
	return e.endings[o]
}
