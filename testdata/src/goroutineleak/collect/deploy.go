package collect

import "fmt"

// Host runs commands on a machine.
type Host interface {
	Run(cmd string) (exit int, err error)
}

// Deploy runs the steps one after the other, each of them on all hosts. A step
// that fails anywhere ends the deployment.
func Deploy(hosts []Host, steps []string) error {
	for _, step := range steps {
		codes := make(chan int)
		for _, h := range hosts {
			go func() {
				code, err := h.Run(step)
				if err != nil {
					code = -1
				}
				codes <- code // want "send on codes blocks for ever"
			}()
		}
		for range len(hosts) {
			if code := <-codes; code != 0 {
				return fmt.Errorf("%s: exit status %d", step, code)
			}
		}
	}
	return nil
}

// DeployFixed runs the steps one after the other, each of them on all hosts. A step
// that fails anywhere ends the deployment.
func DeployFixed(hosts []Host, steps []string) error {
	for _, step := range steps {
		codes := make(chan int, len(hosts))
		for _, h := range hosts {
			go func() {
				code, err := h.Run(step)
				if err != nil {
					code = -1
				}
				codes <- code
			}()
		}
		for range len(hosts) {
			if code := <-codes; code != 0 {
				return fmt.Errorf("%s: exit status %d", step, code)
			}
		}
	}
	return nil
}
