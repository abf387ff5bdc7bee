package explored

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/extract"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Mistakes of other packages: what goes wrong within a call of another package's
// function whoever makes that call is told where the function is, once, and not
// at each of its callers, who cannot mend it. Of what these have done before the
// function alone knows nothing: a wait that takes a caller's arguments, or the
// object that a caller has got from it, is not there when it is explored alone.

// lapse is an operation of another package at which a goroutine stands that is
// entered through a function of such a package.
type lapse struct {
	entrance string
	spawned  skeleton.Pos // of the go statement if that is in another package, else 0
	at       skeleton.Pos
	op       skeleton.Op
	kind     explore.Kind
}

// lapseOf is where a finding's goroutine stands, if that is in another package.
func (e *explorer) lapseOf(entrance string, f *explore.Finding) lapse {
	g := &f.Main
	l := lapse{entrance: entrance, spawned: min(0, g.Spawned), at: g.Far, op: g.Op, kind: f.Kind}
	if l.at == 0 {
		l.at = g.Pos
	}
	return l
}

// theirs reports whether a finding is a mistake of another package.
func (e *explorer) theirs(f *explore.Finding) bool {
	if f.Main.Far == 0 {
		return false
	}
	return slices.ContainsFunc(e.entrances(&f.Main), func(fn string) bool {
		l := e.lapseOf(fn, f)
		known, ok := e.lapses[l]
		if !ok {
			known = e.lapsesAlone(l)
			e.lapses[l] = known
		}
		return known
	})
}

// lapsesAlone explores the function of another package alone, as its own package does:
// where that is too much work, it looks at what shows in few rounds of loops.
func (e *explorer) lapsesAlone(l lapse) bool {
	r := extract.Root{Func: l.entrance}
	shown := func(res *explore.Result) bool {
		return res != nil && slices.ContainsFunc(res.Findings, func(f explore.Finding) bool {
			return e.lapseOf(l.entrance, &f) == l && !f.Guessed()
		})
	}
	res := e.explore(r, littleWork)
	return shown(res) || res != nil && res.Bound != "" && shown(e.exploreRounds(r, littleWork, fewRounds))
}

// entrances are the functions of other packages through which a goroutine came to
// where it stands from the package's own functions, the outermost first. What goes
// wrong in an inner one, whoever calls it, may be too far for the exploration of the
// outer one.
func (e *explorer) entrances(g *explore.Goroutine) (names []string) {
frames:
	for _, frame := range slices.Concat(g.Stack, g.Born) {
		fn := e.pkg.Prog.Funcs[frame.Func]
		switch {
		case fn == nil:
			break frames
		case fn.Library:
		case fn.Foreign():
			names = append(names, frame.Func)
		default:
			break frames
		}
	}
	slices.Reverse(names)
	return names
}
