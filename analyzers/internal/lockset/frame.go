package lockset

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A lock is one lock as seen from one function.
type lock struct {
	place place
	class string
	name  string    // in the user's words
	once  bool      // the pseudo-lock of a sync.Once
	via   ssa.Value // the pointer to the object that holds it, where that is a value of the function
}

// A frame is the analysis of one function.
type frame struct {
	pkg *pkg
	fn  *ssa.Function

	places    map[ssa.Value]place
	rewritten map[string]bool      // fields and elements that the function assigns
	lazy      map[string]bool      // of these, what it assigns only where it is nil
	only      map[string]ssa.Value // and what, for those of a fresh object assigned once

	locks     []lock
	lockIndex map[string]int
	rooted    map[ssa.Value][]int           // locks by the value their path starts at
	calls     map[*ssa.CallCommon][]*target // see targets, nil when the dataflow does not run
	watched   map[string]bool               // atoms worth remembering
	rounds    map[*ssa.BasicBlock]aRound    // see findRounds
	flags     map[string]bool               // see isFlag, nil before it is asked for
	inLoop    []bool                        // by block
	assigns   map[*ssa.FreeVar][]*ssa.Store // captured variables the function assigns
	counted   map[string]bool               // keys of locks, see findCounted
	names     map[ssa.Value]string
	byName    map[string]ssa.Value

	headers  []bool                     // loop headers, by block
	loops    []map[*ssa.BasicBlock]bool // the blocks of each loop, one for each edge back
	in       []map[string]*state
	disagree []map[int]bool // by block: locks whose status differs between states at its end
	overflow bool           // too many states: nothing is claimed
	emit     bool           // the fixpoint is reached, findings are collected

	nesting int                       // callbacks within callbacks
	onces   map[int][]ssa.Instruction // by lock: where a sync.Once may be gone through

	exits     []exit
	acquires  []Acquire
	callbacks []Callback
	waits     []Wait
	remotes   []remote
	own       []waitOp // see judgeOwn
	dropped   []drop
	takes     []take
	held      map[ssa.Instruction][]heldAt // blocking operations: what is held there
	releases  map[ssa.Instruction]string   // keys that an instruction releases
	around    map[ssa.Instruction][]string // classes that are held at a call, in all states
	given     map[ssa.Instruction]*given
	mayLock   map[ssa.Instruction]mayLock // what a call may lock
	stops     map[ssa.Instruction]bool    // calls with assertions: whether these fail in all states
	taken     map[taken]bool              // what is in takes
	alone     bool                        // nobody calls the function
}

// An exit is a state at a return, deferred calls done.
type exit struct {
	ret   *ssa.Return
	state *state
}

// A drop is a lock that was still held when the loop variable it belongs to
// got its next value.
type drop struct {
	lock  lock
	entry entry
	at    ssa.Instruction
}

// taken is one of a function's acquisitions, by the index of the lock.
type taken struct {
	at    ssa.Instruction
	lock  int
	mode  Mode
	class string // which may come to be known later than the lock
}

// mayLock is what a call may lock: classes, and what its callees acquire.
type mayLock struct {
	classes []string
	callees []*Effects
}

type heldAt struct {
	lock  lock
	entry entry
}

func newFrame(p *pkg, fn *ssa.Function) *frame {
	f := &frame{
		pkg: p, fn: fn,
		places:    map[ssa.Value]place{},
		rewritten: map[string]bool{},
		only:      map[string]ssa.Value{},
		lockIndex: map[string]int{},
		rooted:    map[ssa.Value][]int{},
		names:     map[ssa.Value]string{},
		byName:    map[string]ssa.Value{},
		assigns:   map[*ssa.FreeVar][]*ssa.Store{},
		onces:     map[int][]ssa.Instruction{},
		held:      map[ssa.Instruction][]heldAt{},
		releases:  map[ssa.Instruction]string{},
		around:    map[ssa.Instruction][]string{},
		given:     map[ssa.Instruction]*given{},
		mayLock:   map[ssa.Instruction]mayLock{},
		stops:     map[ssa.Instruction]bool{},
		taken:     map[taken]bool{},
		alone:     p.uncalled(fn),
	}
	f.findRewritten()
	f.findHeaders()
	return f
}

// findRewritten collects the fields, elements and variables that the function
// assigns: a load of one of them after another may give another object.
func (f *frame) findRewritten() {
	rewritten := map[string]bool{}
	only := map[string]ssa.Value{}
	lazy := map[string]bool{}
	mark := func(i *ssa.Store, p place) {
		key := p.key()
		lazy[key] = (lazy[key] || !rewritten[key]) && f.storedToNil(i, key)
		if _, fresh := p.root.(*ssa.Alloc); fresh && !rewritten[key] {
			only[key] = i.Val
		} else {
			delete(only, key)
		}
		rewritten[key] = true
	}
	for _, b := range f.fn.Blocks {
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.Store:
				switch a := i.Addr.(type) {
				case *ssa.FieldAddr:
					mark(i, f.placeOf(a))
				case *ssa.IndexAddr:
					rewritten[f.placeOf(a.X).key()+"[]"] = true
				case *ssa.Alloc:
				case *ssa.FreeVar:
					f.assigns[a] = append(f.assigns[a], i)
				default:
					mark(i, f.placeOf(a))
				}
			case *ssa.MapUpdate:
				rewritten[f.placeOf(i.Map).key()+"[]"] = true
			}
		}
	}
	f.rewritten, f.only, f.lazy = rewritten, only, lazy
	clear(f.places)
}

func (f *frame) findHeaders() {
	f.headers = make([]bool, len(f.fn.Blocks))
	f.inLoop = make([]bool, len(f.fn.Blocks))
	for _, b := range f.fn.Blocks {
		for _, s := range b.Succs {
			if s.Dominates(b) {
				f.headers[s.Index] = true
				f.markLoop(s, b)
			}
		}
	}
}

// markLoop marks the blocks of the loop with a header and a back edge.
func (f *frame) markLoop(header, b *ssa.BasicBlock) {
	f.inLoop[header.Index] = true
	work := []*ssa.BasicBlock{b}
	seen := map[*ssa.BasicBlock]bool{header: true}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b] {
			continue
		}
		seen[b] = true
		f.inLoop[b.Index] = true
		work = append(work, b.Preds...)
	}
	f.loops = append(f.loops, seen)
}

// findWatched collects the atoms that are worth remembering: those tested more
// than once, those of results, and parameters.
func (f *frame) findWatched() {
	f.watched = map[string]bool{}
	tests := map[string]int{}
	var phis []*ssa.Phi
	for _, b := range f.fn.Blocks {
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.If:
				atom, val, _ := f.test(i.Cond)
				tests[atom]++
				if val != "true" && val != "false" && val != "nil" && !strings.Contains(atom, "%") {
					f.watched[atom] = true // a mode
				}
				if _, ok := i.Cond.(*ssa.Phi); ok {
					tests[atom]++
				}
			case *ssa.Return:
				for _, r := range i.Results {
					f.watched[f.atom(r, 0)] = true
					atom, _, _ := f.test(r)
					f.watched[atom] = true
				}
			case *ssa.Call:
				for _, cl := range f.asserted(&i.Call) {
					tests[cl.atom]++
				}
			case *ssa.Phi:
				phis = append(phis, i)
			}
		}
	}
	for atom, n := range tests {
		simple := strings.HasPrefix(atom, "p") || strings.HasPrefix(atom, "f")
		if n > 1 || simple && !strings.ContainsAny(atom, ".[(") {
			f.watched[atom] = true
		}
	}
	for _, phi := range phis {
		if f.watched[f.base(phi).key()] || tests[f.base(phi).key()] > 0 {
			f.watched[f.base(phi).key()] = true
			for _, e := range phi.Edges {
				f.watched[f.atom(e, 0)] = true
			}
		}
	}
}

// lockAt returns the index of the lock at a place.
func (f *frame) lockAt(p place, class string, once bool) int {
	key := p.key()
	if once {
		key += " once"
	}
	if i, ok := f.lockIndex[key]; ok {
		if f.locks[i].class == "" {
			f.locks[i].class = class
		}
		return i
	}
	i := len(f.locks)
	f.locks = append(f.locks, lock{place: p, class: class, name: f.nameOf(p, class), once: once})
	f.lockIndex[key] = i
	for _, v := range f.valuesIn(key) {
		f.rooted[v] = append(f.rooted[v], i)
	}
	return i
}

// valuesIn returns the values that occur in a path: its root, and indexes.
func (f *frame) valuesIn(key string) []ssa.Value {
	var vs []ssa.Value
	parts := strings.Split(key, "%")
	for k := 1; k < len(parts); k += 2 {
		if v := f.byName["%"+parts[k]+"%"]; v != nil {
			vs = append(vs, v)
		}
	}
	return vs
}

// lockOf returns the lock that a value is, or points to.
func (f *frame) lockOf(v ssa.Value, once bool) int {
	p, class := f.placeOf(v), f.pkg.class(v)
	if a := f.pkg.alias(class); a.class != "" {
		if strings.HasSuffix(p.steps, a.suffix) {
			p.steps = strings.TrimSuffix(p.steps, a.suffix) + a.steps
			class = a.class
		}
	}
	l := f.lockAt(p, class, once)
	if a, ok := v.(*ssa.FieldAddr); ok && f.locks[l].via == nil {
		f.locks[l].via = a.X
	}
	return l
}

// nameOf gives a place its name in the source: embedded fields and loads are
// not written there.
func (f *frame) nameOf(p place, class string) string {
	name := f.rootName(p.root, p.base)
	for rest := p.steps; rest != ""; {
		n := stepLen(rest)
		step := rest[:n]
		rest = rest[n:]
		switch {
		case step == "*":
		case step == ".Mutex" || step == ".RWMutex" || step == ".Locker":
		case step[0] == '[':
			name += f.indexName(step)
		default:
			name += step
		}
	}
	if strings.HasPrefix(name, "%") || name == "" {
		return shortClass(class)
	}
	return strings.TrimPrefix(name, ".")
}

func (f *frame) indexName(step string) string {
	inner := strings.Trim(step, "[]")
	if !strings.ContainsAny(inner, "%") && inner != "" && (inner[0] >= '0' && inner[0] <= '9' || inner[0] == '"') {
		return step
	}
	if i := strings.IndexByte(inner, 'p'); i == 0 {
		for k, prm := range f.fn.Params {
			if inner == "p"+string(rune('0'+k)) {
				return "[" + prm.Name() + "]"
			}
		}
	}
	return "[…]"
}

func (f *frame) rootName(root ssa.Value, base string) string {
	switch v := root.(type) {
	case *ssa.Parameter:
		return v.Name()
	case *ssa.FreeVar:
		return v.Name()
	case *ssa.Global:
		return v.Name()
	case *ssa.Alloc:
		if v.Comment != "" && !strings.ContainsAny(v.Comment, " .(") && v.Comment != "complit" && v.Comment != "new" {
			return v.Comment
		}
	case *ssa.Phi:
		if v.Comment != "" && !strings.ContainsAny(v.Comment, "&|. ") {
			return v.Comment
		}
	}
	if g, ok := strings.CutPrefix(base, "g:"); ok {
		return g[strings.LastIndexByte(g, '.')+1:]
	}
	if root != nil {
		if n := f.pkg.nameInSource(root); n != "" {
			return n
		}
	}
	return "%"
}

// shortClass is a class as users may read it: Store.mu.
func shortClass(class string) string {
	if strings.HasPrefix(class, "var ") {
		return "the lock"
	}
	class = strings.NewReplacer(".Mutex", "", ".RWMutex", "", "*", "", "[]", "").Replace(class)
	if i := strings.LastIndexByte(class, '/'); i >= 0 {
		class = class[i+1:]
	}
	if i := strings.IndexByte(class, '.'); i >= 0 {
		class = class[i+1:]
	}
	if class == "" {
		return "the lock"
	}
	return class
}

// lockish reports whether a value of type t may be, or lead to, a lock: what
// getters are worth following for.
func lockish(t types.Type) bool {
	if isSyncType(t, "Mutex", "RWMutex", "Locker", "Cond", "Once", "WaitGroup") {
		return true
	}
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	_, ok = p.Elem().Underlying().(*types.Struct)
	return ok
}
