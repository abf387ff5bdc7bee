package oracle

import (
	"strconv"
	"strings"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// nonNil is what is known of a reference symbol that is not nil.
type nonNil struct{}

// fresh is a value of a layout about which nothing is known.
func (r *run) fresh(layout string) value { return r.given(layout, false) }

// given is such a value that a call has given, of a function of another package or not.
func (r *run) given(layout string, foreign bool) value {
	cells := agg{}
	for i := range len(layout) {
		switch layout[i] {
		case 'm', 'r', 'w', 'c':
			cells = append(cells, zeroCell(layout[i]))
			continue
		}
		cells = append(cells, sym{letter: layout[i], id: r.s.nextSym, foreign: foreign})
		r.s.nextSym++
	}
	return bare(cells)
}

// resolved replaces what has been decided about symbols.
func (r *run) resolved(v value) value {
	s, ok := v.(sym)
	if !ok {
		return v
	}
	switch k := r.s.known[sameText(s)].(type) {
	case nil:
	case nonNil:
		return s
	default:
		return k
	}
	if s.op == "" {
		return s
	}
	a, b := r.resolved(s.a), r.resolved(s.b)
	switch s.op {
	case "len", "cap", "at", "append":
		return s
	case "not":
		if x, ok := a.(bool); ok {
			return !x
		}
		return sym{letter: 'b', op: "not", a: a, b: b}
	case "eq":
		if eq, known := r.equal(a, b); known {
			return eq
		}
		return s
	}
	_, aSym := a.(sym)
	_, bSym := b.(sym)
	if aSym || bSym || !computable(s.op, a, b) {
		return sym{letter: s.letter, op: s.op, a: a, b: b}
	}
	v, ok = r.binary(s.op, a, b)
	if !ok {
		panic(abort{"arithmetic on unknown data has no result"})
	}
	return v
}

func (r *run) decide(s sym, v value) {
	r.s.known[sameText(s)] = v
}

func (r *run) nonNil(s sym) bool {
	_, ok := r.s.known[sameText(s)].(nonNil)
	return ok || s.op == "at"
}

// truth decides a condition. What is unknown is decided once for its symbol;
// a comparison of numbers by deciding the numbers in it.
func (r *run) truth(v value) bool {
	for {
		r.burn()
		switch u := r.resolved(v).(type) {
		case bool:
			return u
		case sym:
			r.decideIn(u)
		default:
			panic(abort{"a condition that is no bool"})
		}
	}
}

// decideIn decides one symbol of a condition, the first whose kind it knows.
func (r *run) decideIn(s sym) {
	var number, pointer *sym
	near := []int64{0, 1, 2}
	var visit func(v value)
	visit = func(v value) {
		switch v := v.(type) {
		case int64:
			near = append(near, v-1, v, v+1)
		case sym:
			switch {
			case v.op == "" || v.op == "len" || v.op == "cap":
				switch v.letter {
				case 'i', 'u', 'n':
					if number == nil {
						number = &v
					}
				case 'p':
					if pointer == nil {
						pointer = &v
					}
				}
			default:
				visit(v.a)
				visit(v.b)
			}
		}
	}
	visit(s)
	switch {
	case number != nil:
		r.decide(*number, r.pick(number.letter, near))
	case s.op == "eq" && pointer != nil && (s.a == value(null{}) || s.b == value(null{})):
		if r.chooseOf("nil", "nonnil") == 0 {
			r.decide(*pointer, null{})
		} else {
			r.decide(*pointer, nonNil{})
		}
	case s.op == "not":
		inner, ok := s.a.(sym)
		if !ok {
			panic(abort{"a condition that is no bool"})
		}
		r.decideIn(inner)
	default:
		r.decide(s, r.chooseOf("false", "true") == 1)
	}
}

// pick decides a number of the given kind among those near what it meets.
func (r *run) pick(letter byte, near []int64) value {
	if letter == 'i' {
		near = append(near, -1)
	}
	least := map[byte]int64{'i': -1 << 62, 'u': 0, 'n': 1}[letter]
	var options []int64
	seen := map[int64]bool{}
	for _, n := range near {
		if n >= least && !seen[n] {
			seen[n] = true
			options = append(options, n)
		}
	}
	// A schedule may have taken a number that is near nothing in sight.
	if n, err := strconv.ParseInt(r.want(), 10, 64); err == nil && n >= least && !seen[n] {
		options = append(options, n)
	}
	texts := make([]string, len(options))
	for i, n := range options {
		texts[i] = strconv.FormatInt(n, 10)
	}
	return options[r.chooseOf(texts...)]
}

// integer decides a number that is used.
func (r *run) integer(v value) int64 {
	for {
		r.burn()
		switch u := r.resolved(v).(type) {
		case int64:
			return u
		case sym:
			if u.op == "" || u.op == "len" || u.op == "cap" {
				r.decide(u, r.pick(u.letter, []int64{0, 1, 2}))
				continue
			}
			r.decideIn(u)
		default:
			panic(abort{"a number that is none"})
		}
	}
}

// objectBehind is the object of the environment that a reference symbol stands for.
func (r *run) objectBehind(s sym) ref {
	name := sameText(s)
	o, ok := r.s.behind[name]
	if !ok {
		o = r.s.newObject(object{kind: 'c', env: "src", unknown: true})
		r.s.behind[name] = o
		if !r.nonNil(s) {
			r.decide(s, nonNil{})
		}
	}
	return ref{obj: o}
}

// escape hands v to the environment, which may then do to it, and to all that
// can be reached from it, what the mode says.
func (r *run) escape(v value, mode rune) {
	may := map[rune]string{skeleton.EscapeAll: "src", skeleton.EscapeShow: "src", skeleton.EscapeCall: "src", skeleton.EscapeRecv: "r", skeleton.EscapeSend: "sc"}[mode]
	if may == "" {
		return
	}
	seen := map[int]bool{}
	var visit func(o int)
	visit = func(o int) {
		if seen[o] {
			return
		}
		seen[o] = true
		obj := r.s.heap[o]
		for _, c := range may {
			if !strings.ContainsRune(obj.env, c) {
				obj.env += string(c)
			}
		}
		for i, c := range obj.cells {
			if ch, ok := c.(ref); ok && may == "src" && r.s.heap[ch.obj].kind == 'h' && obj.modes[i] != 0 {
				r.escape(c, rune(obj.modes[i]))
				continue
			}
			objectsIn(c, visit)
		}
		for _, list := range [][]value{obj.buf, obj.keys, obj.vals} {
			for _, c := range list {
				objectsIn(c, visit)
			}
		}
		if may == "src" && obj.kind == 'c' && mode != skeleton.EscapeShow && mode != skeleton.EscapeCall {
			r.forget(obj)
		}
		for _, l := range obj.links {
			visit(l)
		}
	}
	objectsIn(v, visit)
}

// shared hands what is stored in an object of the environment to it.
func (r *run) shared(o *object, v value) {
	if len(o.env) == len("src") {
		r.escape(v, skeleton.EscapeShow)
	}
}

// forget makes the data of an object unknown: the environment may write it.
func (r *run) forget(o *object) {
	o.unknown = true
	for i, c := range o.cells {
		if !holdsLock(c) && o.modes[i] == 0 {
			o.cells[i] = nil
		}
	}
}

// noteSteady notes which cells of an object are of steady places.
func (r *run) noteSteady(p ref, in *skeleton.Instr) {
	o := r.s.heap[p.obj]
	for i, place := range in.Places {
		if mode, ok := skeleton.Steady(place); ok {
			if o.modes == nil {
				o.modes = map[int]byte{}
			}
			o.modes[p.off+i] = mode
		}
	}
}

// escapeResults hands the results of a root to its caller.
func (r *run) escapeResults(f *skeleton.Func, cells []value) {
	if n := len(f.Results); n > 1 && len(cells) > 0 && strings.HasSuffix(f.Results[n-1], ":"+string(rune(skeleton.ResultError))) {
		eq, _ := r.binary("eq", cells[len(cells)-1], null{})
		if !r.truth(eq) {
			return // the caller drops what comes with an error
		}
	}
	at := 0
	for _, res := range f.Results {
		layout, mode, hasMode := strings.Cut(res, ":")
		if !hasMode || mode == "" {
			mode = string(skeleton.EscapeAll)
		}
		for range len(layout) {
			if at < len(cells) {
				r.escape(cells[at], rune(mode[0]))
			}
			at++
		}
	}
}

// link makes the cancelling of parent cancel child.
func (r *run) link(parent, child value) {
	c, ok := child.(ref)
	if !ok {
		return
	}
	switch p := parent.(type) {
	case ref:
		o := r.s.heap[p.obj]
		o.links = append(o.links, c.obj)
		if o.closed {
			r.cancel(c.obj)
		}
	case sym:
		r.s.heap[c.obj].env += "c"
	}
}

// cancel closes a channel unless it is closed, and those linked to it.
func (r *run) cancel(o int) {
	c := r.s.heap[o]
	if c.closed {
		return
	}
	c.closed = true
	for _, l := range c.links {
		r.cancel(l)
	}
}
