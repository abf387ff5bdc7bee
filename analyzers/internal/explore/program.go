package explore

import (
	"maps"
	"math/bits"
	"slices"
	"strings"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Program is a skeleton program linked for exploration: names resolved to
// numbers, code flat, live registers known at every point where a goroutine
// can rest. It is immutable and may serve many explorations.
type Program struct {
	src     *skeleton.Program
	funcs   []*function
	byName  map[string]int32
	strs    map[string]int32
	strText []string
	tags    map[string]int32
	tagName []string
	types   []*skeleton.Type // by tag, nil if unknown
	globals map[string]int32
	gNames  []string
	tries   bool // some function looks at a lock with TryLock
	reads   reads
	taken   []int32 // functions that are used as values

	releasing map[int]bool // see someReleases

	pool pool // of all searches: they run one after the other
}

// function is a linked skeleton function. src is nil for a name that the
// program has no skeleton of.
type function struct {
	src       *skeleton.Func
	num       int32
	code      []instr
	regs      int
	modes     string // Havoc letters of the results
	linked    bool
	recoverAt int32
	buffer    int // largest constant capacity of a channel that it makes, up to maxOverfill
	rel       releases
	uses      []uint8    // of the parameters and caught variables, see usesOf
	rewrites  []uint8    // of the same, see rewrites
	readsAt   [][]uint64 // places that may be read from an instruction on, nil where nobody asked
}

// instr is a linked instruction. Operands are registers (>= 0) or constants (^i).
type instr struct {
	*skeleton.Instr
	args   []int32
	cases  []selCase
	then   int32
	els    int32
	tag    int32   // number of the type tag
	live   []int32 // registers live before it; for a call: live while it runs
	consts []value
	places []int32 // of the cells of Layout, nil if all are open
}

type selCase struct {
	*skeleton.Case
	ch, val int32
}

// NewProgram links prog. Functions are linked when they are first entered.
func NewProgram(prog *skeleton.Program) *Program {
	p := &Program{
		src:     prog,
		byName:  map[string]int32{},
		strs:    map[string]int32{"": 0},
		strText: []string{""},
		tags:    map[string]int32{},
		globals: map[string]int32{},

		releasing: map[int]bool{},
	}
	for _, name := range slices.Sorted(maps.Keys(prog.Funcs)) {
		f := prog.Funcs[name]
		p.byName[name] = int32(len(p.funcs))
		p.funcs = append(p.funcs, &function{src: f, num: int32(len(p.funcs))})
		p.tries = p.tries || tries(f)
	}
	for _, tag := range slices.Sorted(maps.Keys(prog.Types)) {
		n := p.tagNum(tag)
		p.types[n] = prog.Types[tag]
	}
	p.findReads()
	p.findTaken()
	return p
}

func tries(f *skeleton.Func) bool {
	for _, block := range f.Blocks {
		for i := range block {
			if op := block[i].Op; op == skeleton.TryLock || op == skeleton.TryRLock {
				return true
			}
		}
	}
	return false
}

func (p *Program) lookup(name string) *function {
	n, ok := p.byName[name]
	if !ok || p.funcs[n].src == nil {
		return nil
	}
	return p.funcs[n]
}

func (p *Program) funcNum(name string) int32 {
	n, ok := p.byName[name]
	if !ok {
		n = int32(len(p.funcs))
		p.byName[name] = n
		p.funcs = append(p.funcs, &function{num: n})
	}
	return n
}

func (p *Program) strNum(s string) int32 {
	n, ok := p.strs[s]
	if !ok {
		n = int32(len(p.strText))
		p.strs[s] = n
		p.strText = append(p.strText, s)
	}
	return n
}

func (p *Program) tagNum(tag string) int32 {
	n, ok := p.tags[tag]
	if !ok {
		n = int32(len(p.tagName))
		p.tags[tag] = n
		p.tagName = append(p.tagName, tag)
		p.types = append(p.types, nil)
	}
	return n
}

func (p *Program) globalNum(name string) int32 {
	n, ok := p.globals[name]
	if !ok {
		n = int32(len(p.gNames))
		p.globals[name] = n
		p.gNames = append(p.gNames, name)
	}
	return n
}

// vGlobal marks the address of a global among the constants; it is turned into
// a reference when it is first used.
const vGlobal kind = 200

func (p *Program) constant(a skeleton.Arg) value {
	switch a.Kind {
	case skeleton.ArgBool:
		return boolValue(a.N != 0)
	case skeleton.ArgInt:
		return clampInt(a.N)
	case skeleton.ArgStr:
		return value{k: vStr, a: p.strNum(a.S)}
	case skeleton.ArgFunc:
		return value{k: vFunc, a: p.funcNum(a.S)}
	case skeleton.ArgGlobal:
		return value{k: vGlobal, a: p.globalNum(a.S)}
	}
	return nilValue
}

// clampInt keeps an int constant in range; what lies beyond is as large as the range.
func clampInt(n int64) value {
	const most = 1 << 30
	return value{k: vInt, a: int32(max(-most, min(most, n)))}
}

// enter links f on first use and returns it.
func (p *Program) enter(num int32) *function {
	f := p.funcs[num]
	if f.linked || f.src == nil {
		return f
	}
	f.linked = true
	f.regs = int(f.src.Regs)
	for _, r := range f.src.Results {
		_, mode, ok := strings.Cut(r, ":")
		if !ok || mode == "" {
			mode = "e"
		}
		f.modes += mode[:1]
	}
	f.eachInstr(func(in *skeleton.Instr) {
		if in.Op == skeleton.MakeChan && in.Args[0].Kind == skeleton.ArgInt && in.Args[0].N <= maxOverfill {
			f.buffer = max(f.buffer, int(in.Args[0].N))
		}
	})
	var start []int32
	n := int32(0)
	for _, b := range f.src.Blocks {
		start = append(start, n)
		n += int32(len(b))
	}
	f.code = make([]instr, 0, n)
	for _, b := range f.src.Blocks {
		for i := range b {
			f.code = append(f.code, p.link(&b[i], start))
		}
	}
	if f.src.Recover >= 0 {
		f.recoverAt = start[f.src.Recover]
	}
	f.computeLive()
	return f
}

func (p *Program) link(src *skeleton.Instr, start []int32) instr {
	in := instr{Instr: src, then: -1, els: -1}
	operand := func(a skeleton.Arg) int32 {
		if a.Kind == skeleton.ArgReg {
			return int32(a.N)
		}
		in.consts = append(in.consts, p.constant(a))
		return ^int32(len(in.consts) - 1)
	}
	if src.Places != nil {
		in.places = make([]int32, len(src.Places))
		for i, name := range src.Places {
			in.places[i] = p.reads.number(name)
		}
	}
	in.args = make([]int32, len(src.Args))
	for i, a := range src.Args {
		in.args[i] = operand(a)
	}
	for i := range src.Cases {
		c := &src.Cases[i]
		in.cases = append(in.cases, selCase{Case: c, ch: operand(c.Chan), val: operand(c.Val)})
	}
	switch src.Op {
	case skeleton.Jump:
		in.then = start[src.Then]
	case skeleton.Branch:
		in.then, in.els = start[src.Then], start[src.Else]
	case skeleton.Iface, skeleton.Assert, skeleton.Assert2:
		in.tag = p.tagNum(src.Tag)
	}
	return in
}

// computeLive fills in the live registers by the usual backward dataflow over
// bit sets. A call's set is what is live while the callee runs: live after it,
// without its result.
func (f *function) computeLive() {
	words := (f.regs + 63) / 64
	if words == 0 {
		words = 1
	}
	sets := make([]uint64, words*(len(f.code)+1)) // before each instruction
	at := func(i int32) []uint64 { return sets[int(i)*words : (int(i)+1)*words] }
	recovers := f.src.Recover >= 0
	after := make([]uint64, words)
	for changed := true; changed; {
		changed = false
		for i := int32(len(f.code)) - 1; i >= 0; i-- {
			in := &f.code[i]
			f.liveAfter(i, at, after)
			if recovers {
				// A panic may lead to the recover block from anywhere.
				for w, word := range at(f.recoverAt) {
					after[w] |= word
				}
			}
			if in.Dst != skeleton.NoReg {
				after[in.Dst/64] &^= 1 << (in.Dst % 64)
			}
			in.eachUse(func(r int32) { after[r/64] |= 1 << (r % 64) })
			for w, word := range after {
				if at(i)[w] != word {
					at(i)[w] = word
					changed = true
				}
			}
		}
	}
	for i := range f.code {
		in := &f.code[i]
		set := at(int32(i))
		if in.Op == skeleton.Call {
			f.liveAfter(int32(i), at, after)
			if recovers {
				for w, word := range at(f.recoverAt) {
					after[w] |= word
				}
			}
			if in.Dst != skeleton.NoReg {
				after[in.Dst/64] &^= 1 << (in.Dst % 64)
			}
			set = after
		}
		n := 0
		for _, word := range set {
			n += bits.OnesCount64(word)
		}
		in.live = make([]int32, 0, n)
		for w, word := range set {
			for ; word != 0; word &= word - 1 {
				in.live = append(in.live, int32(w*64+bits.TrailingZeros64(word)))
			}
		}
	}
}

func (f *function) liveAfter(i int32, at func(int32) []uint64, out []uint64) {
	clear(out)
	in := &f.code[i]
	join := func(j int32) {
		for w, word := range at(j) {
			out[w] |= word
		}
	}
	switch {
	case in.Op == skeleton.Jump:
		join(in.then)
	case in.Op == skeleton.Branch:
		join(in.then)
		join(in.els)
	case !in.Op.IsEnd():
		join(i + 1)
	}
}

// place is the place of cell number i of what an instruction loads or stores.
func (in *instr) place(i int) int32 {
	if i < len(in.places) {
		return in.places[i]
	}
	return 0
}

func (in *instr) eachUse(f func(r int32)) {
	for _, a := range in.args {
		if a >= 0 {
			f(a)
		}
	}
	for i := range in.cases {
		if in.cases[i].ch >= 0 {
			f(in.cases[i].ch)
		}
		if in.cases[i].val >= 0 {
			f(in.cases[i].val)
		}
	}
}

func resultLayout(r string) string {
	layout, _, _ := strings.Cut(r, ":")
	return layout
}
