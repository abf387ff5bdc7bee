package lockset

import "slices"

// Variants of a summary: what a function does on groups of its paths. May: where
// there are too many, those that differ in conditions alone become one.

// addVariant merges variants that differ in their conditions only.
func (f *frame) addVariant(vs []Variant, v Variant) []Variant {
	for i := range vs {
		if slices.Equal(vs[i].Delta, v.Delta) && slices.Equal(vs[i].Post, v.Post) && slices.Equal(vs[i].Calls, v.Calls) {
			vs[i].Pre = intersect(vs[i].Pre, v.Pre)
			return vs
		}
	}
	return append(vs, v)
}

// equal reports whether two variants are the same.
func (v Variant) equal(w Variant) bool {
	return slices.Equal(v.Pre, w.Pre) && slices.Equal(v.Delta, w.Delta) && slices.Equal(v.Post, w.Post) && slices.Equal(v.Calls, w.Calls)
}

func intersect(a, b []Cond) []Cond {
	var out []Cond
	for _, c := range a {
		if slices.Contains(b, c) {
			out = append(out, c)
		}
	}
	return out
}

// simplify drops conditions that make no difference and enforces the bound.
func (f *frame) simplify(vs []Variant) []Variant {
	if len(vs) == 0 {
		return nil
	}
	same := true
	for _, v := range vs[1:] {
		same = same && slices.Equal(v.Delta, vs[0].Delta) && slices.Equal(v.Calls, vs[0].Calls)
	}
	if same {
		if len(vs[0].Delta) == 0 && len(vs[0].Calls) == 0 {
			return nil
		}
		return []Variant{{Delta: vs[0].Delta, Calls: vs[0].Calls}}
	}
	if len(vs) <= maxVariants {
		return blur(vs)
	}
	var all Variant
	seen := map[string]bool{}
	for _, v := range vs {
		for _, d := range v.Delta {
			if !seen[d.Path] {
				seen[d.Path] = true
				all.Delta = append(all.Delta, Delta{Path: d.Path, Class: d.Class, Lost: true})
			}
		}
	}
	return []Variant{all}
}

// blur makes the locks lost on which variants disagree that callers cannot tell
// apart, neither by what they pass nor by what they get back.
func blur(vs []Variant) []Variant {
	out := slices.Clone(vs)
	for k, v := range vs {
		deltas := slices.Clone(v.Delta)
		for n, w := range vs {
			if n == k || v.excludes(w) {
				continue
			}
			for _, d := range append(slices.Clone(v.Delta), w.Delta...) {
				if v.delta(d.Path) == w.delta(d.Path) {
					continue
				}
				lost := Delta{Path: d.Path, Class: d.Class, Lost: true}
				if i := slices.IndexFunc(deltas, func(o Delta) bool { return o.Path == d.Path }); i >= 0 {
					deltas[i] = lost
				} else {
					deltas = append(deltas, lost)
				}
			}
		}
		out[k].Delta = deltas
	}
	return out
}

// delta returns what becomes of a lock.
func (v Variant) delta(path string) Delta {
	for _, d := range v.Delta {
		if d.Path == path {
			return d
		}
	}
	return Delta{}
}

// excludes reports whether a caller can tell that a call went another way than
// w: the two ask for different arguments, or give different results.
func (v Variant) excludes(w Variant) bool {
	differ := func(a, b []Cond) bool {
		for _, c := range a {
			for _, d := range b {
				if c.Atom == d.Atom && decide(c, d) < 0 {
					return true
				}
			}
		}
		return false
	}
	return differ(v.Pre, w.Pre) || differ(v.Post, w.Post)
}
