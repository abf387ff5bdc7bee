package extract

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Patient callers and clients pass contexts that nobody cancels, such as
// context.Background(). What offers a value until the context is cancelled hangs for
// them once all who take values have gone. The root of a caller calls a function with
// that context, and with anything for its other parameters. It is of kind Main: what
// is left behind when the function returns is another matter.
//
// Ignored: functions that offer no value in a select, neither themselves nor
// through what they use, and those that only the package's own calls enter.

// addPatient adds the roots of patient callers.
func (p *program) addPatient(pkg *Package, g *graph) {
	for _, r := range pkg.Roots {
		if r.Kind != Plain || r.Secondary || r.fn.Parent() != nil || p.testAt(r.Pos) || !takesContext(r.fn) || !g.offers(r.fn) {
			continue
		}
		f := newClientFunc("patient:"+r.Func, shortName(r.fn), p.pos(r.Pos))
		b := &clientBuilder{p: p, c: &clientType{}, alone: true}
		in := b.call(f, r.fn, nil)
		if res := r.fn.Signature.Results(); res.Len() == 0 {
			f.emit(in)
		} else {
			f.emit(skeleton.Instr{Op: skeleton.Havoc, Tag: string(rune(skeleton.EscapeAll)), Args: []skeleton.Arg{f.value(in)}})
		}
		f.end(skeleton.Instr{Op: skeleton.Return})
		p.addClientFunc(f)
		pkg.Patient = append(pkg.Patient, Root{Func: f.f.Name, Kind: Main, Pos: r.Pos, fn: r.fn})
	}
}

// offers reports whether a function, or one that it uses, offers a value in a
// select that waits for something else, too.
func (g *graph) offers(fn *ssa.Function) bool {
	seen := map[*ssa.Function]bool{}
	work := []*ssa.Function{fn}
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		n := g.info[fn]
		if n == nil || seen[fn] {
			continue
		}
		seen[fn] = true
		if slices.ContainsFunc(fn.Blocks, func(b *ssa.BasicBlock) bool { return slices.ContainsFunc(b.Instrs, offer) }) {
			return true
		}
		work = append(work, n.uses...)
	}
	return false
}

func offer(in ssa.Instruction) bool {
	s, ok := in.(*ssa.Select)
	way := func(d types.ChanDir) bool {
		return slices.ContainsFunc(s.States, func(st *ssa.SelectState) bool { return st.Dir == d })
	}
	return ok && s.Blocking && way(types.SendOnly) && way(types.RecvOnly)
}

// takesContext reports whether a function is passed a context.
func takesContext(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params, func(v *ssa.Parameter) bool { return isContext(v.Type()) })
}

// patient has one client call a method that offers a value, with a context that nobody
// cancels, while another one calls any method, the one that ends the object among
// them. Clients of handles are left out.
func (b *clientBuilder) patient(g *graph) (out []Clients) {
	if b.c.gives != nil {
		return nil
	}
	for _, fn := range b.methods {
		if !takesContext(fn) || !g.offers(fn) {
			continue
		}
		b.alone = true
		client := b.client([]*ssa.Function{fn})
		b.alone = false
		for _, other := range b.methods {
			if len(out) == maxPairs {
				return out
			}
			if b.c.uses[fn].races(b.c.uses[other]) {
				continue
			}
			r := b.clients(nil, []*ssa.Function{fn, other})
			r.Patient, r.Calls = true, []string{b.method(fn), b.method(other)}
			r.Root = Root{Kind: Client, Pos: b.pos(), Func: "clients:" + b.name + "." + r.Calls[0] + "∥" + r.Calls[1] + " patient"}
			b.add(r.Func, nil, []string{client, b.client([]*ssa.Function{other})})
			out = append(out, r)
		}
	}
	return out
}
