package lockset

import (
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// From the words of a callee into those of its caller.

// A target is a function that a call may run, with what it is given.
type target struct {
	name     string
	fn       *ssa.Function // nil if only the fact is known
	effects  *Effects
	args     []ssa.Value
	bindings []ssa.Value
	stored   bool    // kept in a field: captured variables are given by their content
	bound    []place // of a function literal from elsewhere: what it captured, "" what is not known

	places map[string]translated // see translate
}

// translated is what a path of a callee is in the frame of the caller.
type translated struct {
	place place
	ok    bool
}

// translate resolves a portable path of the callee in the frame of the caller.
func (f *frame) translate(t *target, path string) (place, bool) {
	if path == "" {
		return place{}, false
	}
	if known, ok := t.places[path]; ok {
		return known.place, known.ok
	}
	p, ok := f.findPlace(t, path)
	if t.places == nil {
		t.places = map[string]translated{}
	}
	t.places[path] = translated{p, ok}
	return p, ok
}

func (f *frame) findPlace(t *target, path string) (place, bool) {
	base, steps := path, ""
	for i := 0; i < len(path); i++ {
		if strings.HasPrefix(path, "g:") {
			// the name of a global holds dots: the path begins after the
			// first dot behind the last slash and one more name
			i = globalEnd(path)
			base, steps = path[:i], path[i:]
			break
		}
		if c := path[i]; c == '.' || c == '*' || c == '[' {
			base, steps = path[:i], path[i:]
			break
		}
	}
	steps, ok := f.translateIndexes(t, steps)
	if !ok {
		return place{}, false
	}
	var from []ssa.Value
	switch {
	case strings.HasPrefix(base, "g:"):
		return place{nil, base, steps}, true
	case strings.HasPrefix(base, "p"):
		from = t.args
	case strings.HasPrefix(base, "f"):
		from = t.bindings
	}
	n, err := strconv.Atoi(base[1:])
	if err == nil && base[0] == 'f' && n < len(t.bound) {
		if t.bound[n].base == "" || !strings.HasPrefix(steps, "*") {
			return place{}, false
		}
		return f.extend(t.bound[n], steps[1:]), true
	}
	if err != nil || n >= len(from) || from[n] == nil {
		return place{}, false
	}
	if t.stored && strings.HasPrefix(steps, "*") && base[0] == 'f' {
		steps = steps[1:] // captured by reference, given as what it holds
	}
	return f.extend(f.placeOf(from[n]), steps), true
}

// globalEnd returns where the name of a global ends in a path.
func globalEnd(path string) int {
	i := strings.LastIndexByte(path, '/') + 1
	if i == 0 {
		i = 2
	}
	dots := 0
	for ; i < len(path); i++ {
		switch path[i] {
		case '.':
			if dots++; dots == 2 {
				return i
			}
		case '*', '[':
			if dots > 0 {
				return i
			}
		}
	}
	return len(path)
}

func (f *frame) translateIndexes(t *target, steps string) (string, bool) {
	if !strings.ContainsAny(steps, "[") {
		return steps, true
	}
	var b strings.Builder
	for steps != "" {
		n := stepLen(steps)
		step := steps[:n]
		steps = steps[n:]
		if step[0] == '[' && len(step) > 2 && (step[1] == 'p' || step[1] == 'f') {
			p, ok := f.translate(t, step[1:len(step)-1])
			if !ok || strings.ContainsAny(p.key(), "*[") {
				return "", false
			}
			step = "[" + p.key() + "]"
		}
		b.WriteString(step)
	}
	return b.String(), true
}

// condition translates a condition of a callee: known 1, refuted -1, unknown 0.
func (f *frame) condition(s *state, t *target, c Cond) int {
	if len(c.Atom) > 1 && c.Atom[0] == 'p' && !strings.ContainsAny(c.Atom, ".*[") {
		if n, err := strconv.Atoi(c.Atom[1:]); err == nil && n < len(t.args) && t.args[n] != nil {
			if val, eq := f.constant(s, t.args[n]); val != "" {
				return decide(Cond{"", val, eq}, c)
			}
		}
	}
	p, ok := f.translate(t, c.Atom)
	if !ok {
		return 0
	}
	if p.root != nil && p.steps == "" {
		if val, eq := f.constant(s, p.root); val != "" {
			return decide(Cond{"", val, eq}, c)
		}
	}
	here := f.restate(p, c)
	k := s.knows(here.Atom, here.Val)
	if !here.Eq {
		k = -k
	}
	return k
}

// restate puts a condition about a place the way branches of this function are
// understood.
func (f *frame) restate(p place, c Cond) Cond {
	if p.root == nil || p.steps != "" {
		return Cond{p.key(), c.Val, c.Eq}
	}
	if c.Val == "true" || c.Val == "false" {
		atom, val, want := f.test(p.root)
		return Cond{atom, val, want == ((c.Val == "true") == c.Eq)}
	}
	return Cond{f.atom(p.root, 0), c.Val, c.Eq}
}

// decide tells what a known fact says about a condition on the same value.
func decide(known, c Cond) int {
	k := 0
	switch {
	case known.Eq && known.Val == c.Val:
		k = 1
	case known.Eq, known.Val == c.Val:
		k = -1
	}
	if !c.Eq {
		k = -k
	}
	return k
}

// sure reports whether a condition that is neither known nor refuted may be
// taken to hold in a report. A flag or a mode may be chosen by the caller so
// that it does not; whether something is there, and what state a field of type
// bool is in, changes from call to call.
func sure(c Cond) bool {
	return c.Val == "nil" || (c.Val == "true" || c.Val == "false") && strings.Contains(c.Atom, ".")
}
