package waitplace

import "sync"

// tree is a set of nodes that are visited level by level.
type tree struct {
	children func(node int) []int
	visit    func(node int)
	wg       sync.WaitGroup
}

func (t *tree) walk(node int) {
	defer t.wg.Done()
	t.visit(node)
	for _, c := range t.children(node) {
		t.wg.Add(1)
		go t.walk(c)
	}
	t.wg.Wait() // want "t.wg.Wait blocks for ever"
}

// Levels visits all nodes below the root and returns when it is done.
func Levels(root int, children func(int) []int, visit func(int)) {
	t := &tree{children: children, visit: visit}
	t.wg.Add(1)
	go t.walk(root)
	t.wg.Wait()
}

// treeFixed is a set of nodes that are visited level by level.
type treeFixed struct {
	children func(node int) []int
	visit    func(node int)
	wg       sync.WaitGroup
}

func (t *treeFixed) walk(node int) {
	defer t.wg.Done()
	t.visit(node)
	for _, c := range t.children(node) {
		t.wg.Add(1)
		go t.walk(c)
	}
}

// LevelsFixed visits all nodes below the root and returns when it is done.
func LevelsFixed(root int, children func(int) []int, visit func(int)) {
	t := &treeFixed{children: children, visit: visit}
	t.wg.Add(1)
	go t.walk(root)
	t.wg.Wait()
}
