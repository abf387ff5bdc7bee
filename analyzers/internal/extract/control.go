package extract

import "golang.org/x/tools/go/ssa"

// control holds which branches decide whether a block runs, after Ferrante,
// Ottenstein and Warren: block b depends on branch a if b comes after one of
// a's successors on every path and does not after the other. Loops without an
// end get an edge to the virtual exit, so that every block has a post-dominator.
type control struct {
	ipdom []int   // immediate post-dominator by block index; exit is len(blocks), -1 unreachable
	deps  [][]int // blocks whose branch decides whether this one runs
	ends  []bool  // whether the block can reach an end of the function
}

func newControl(fn *ssa.Function) *control {
	n := len(fn.Blocks)
	succs, preds, ends := exitGraph(fn)
	order, number := postorderFromExit(preds, n)
	c := &control{ipdom: make([]int, n+1), deps: make([][]int, n), ends: ends}
	for i := range c.ipdom {
		c.ipdom[i] = -1
	}
	c.ipdom[n] = n
	for changed := true; changed; {
		changed = false
		for i := len(order) - 1; i >= 0; i-- {
			b := order[i]
			if b == n {
				continue
			}
			best := -1
			for _, s := range succs[b] {
				if c.ipdom[s] < 0 {
					continue
				}
				if best < 0 {
					best = s
				} else {
					best = c.meet(number, best, s)
				}
			}
			if best >= 0 && best != c.ipdom[b] {
				c.ipdom[b] = best
				changed = true
			}
		}
	}
	for a := range n {
		if len(succs[a]) < 2 {
			continue
		}
		for _, s := range succs[a] {
			for r := s; r != c.ipdom[a] && r != n && r >= 0; r = c.ipdom[r] {
				c.deps[r] = append(c.deps[r], a)
			}
		}
	}
	return c
}

// meet returns the nearest common post-dominator.
func (c *control) meet(number []int, a, b int) int {
	for a != b {
		for number[a] < number[b] {
			a = c.ipdom[a]
		}
		for number[b] < number[a] {
			b = c.ipdom[b]
		}
	}
	return a
}

// exitGraph returns the edges of the function with a virtual exit. Panics that
// go/ssa makes up (no case of a select matched) are taken to be out of reach.
// ends tells which blocks reach the exit without the edges added to endless loops.
func exitGraph(fn *ssa.Function) (succs, preds [][]int, ends []bool) {
	n := len(fn.Blocks)
	succs, preds = make([][]int, n+1), make([][]int, n+1)
	edge := func(a, b int) {
		succs[a] = append(succs[a], b)
		preds[b] = append(preds[b], a)
	}
	for _, b := range fn.Blocks {
		for _, s := range b.Succs {
			if p, ok := s.Instrs[len(s.Instrs)-1].(*ssa.Panic); !ok || !isImplicit(p) || isNoReturn(p) {
				edge(b.Index, s.Index)
			}
		}
		if len(b.Succs) == 0 {
			edge(b.Index, n)
		}
	}
	// Blocks that never reach the exit: give the head of each endless loop an edge to it.
	for {
		reached := make([]bool, n+1)
		work := []int{n}
		reached[n] = true
		for len(work) > 0 {
			b := work[len(work)-1]
			work = work[:len(work)-1]
			for _, p := range preds[b] {
				if !reached[p] {
					reached[p] = true
					work = append(work, p)
				}
			}
		}
		if ends == nil {
			ends = reached
		}
		head := endlessLoop(fn, reached)
		if head < 0 {
			return succs, preds, ends
		}
		edge(head, n)
	}
}

// endlessLoop returns the head of an outermost loop among the blocks that do
// not reach the exit, -1 if they all do: each round comes by there.
func endlessLoop(fn *ssa.Function, reached []bool) int {
	head := -1
	for _, b := range fn.Blocks {
		if reached[b.Index] {
			continue
		}
		for _, p := range b.Preds {
			if !b.Dominates(p) {
				continue
			}
			if head < 0 || b.Dominates(fn.Blocks[head]) {
				head = b.Index
			}
		}
	}
	if head < 0 { // not a loop of structured code
		for i := range fn.Blocks {
			if !reached[i] {
				head = i
			}
		}
	}
	return head
}

// postorderFromExit numbers the blocks in postorder of the reversed graph.
func postorderFromExit(preds [][]int, exit int) (order, number []int) {
	number = make([]int, len(preds))
	seen := make([]bool, len(preds))
	type frame struct{ block, next int }
	stack := []frame{{block: exit}}
	seen[exit] = true
	for len(stack) > 0 {
		f := &stack[len(stack)-1]
		if f.next < len(preds[f.block]) {
			p := preds[f.block][f.next]
			f.next++
			if !seen[p] {
				seen[p] = true
				stack = append(stack, frame{block: p})
			}
			continue
		}
		number[f.block] = len(order)
		order = append(order, f.block)
		stack = stack[:len(stack)-1]
	}
	return order, number
}
