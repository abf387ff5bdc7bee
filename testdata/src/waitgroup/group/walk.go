package group

import (
	"fmt"

	"golang.org/x/sync/errgroup"
)

// Node is a folder.
type Node struct {
	Name string
	Kids []*Node
}

// Walk visits the folders, a limited number at a time.
func Walk(root *Node, limit int, visit func(*Node) error) error {
	var g errgroup.Group
	g.SetLimit(max(1, limit))
	var walk func(n *Node) error
	walk = func(n *Node) error {
		if err := visit(n); err != nil {
			return fmt.Errorf("visit %s: %w", n.Name, err)
		}
		for _, k := range n.Kids {
			g.Go(func() error { return walk(k) }) // also goroutineleak "g.Go blocks for ever" // missed "g.Go blocks for ever"
		}
		return nil
	}
	g.Go(func() error { return walk(root) })
	return g.Wait()
}

// WalkFixed visits the folders, a limited number at a time.
func WalkFixed(root *Node, limit int, visit func(*Node) error) error {
	var g errgroup.Group
	g.SetLimit(max(1, limit))
	var walk func(n *Node) error
	walk = func(n *Node) error {
		if err := visit(n); err != nil {
			return fmt.Errorf("visit %s: %w", n.Name, err)
		}
		for _, k := range n.Kids {
			if !g.TryGo(func() error { return walk(k) }) {
				if err := walk(k); err != nil {
					return err
				}
			}
		}
		return nil
	}
	g.Go(func() error { return walk(root) })
	return g.Wait()
}
