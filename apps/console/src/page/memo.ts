import { Component, type ComponentType, createElement } from 'preact'

/** A component that is drawn again only when one of its properties is another one. */
export function memo<Props extends object>(of: ComponentType<Props>): ComponentType<Props> {
  return class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const last: Record<string, unknown> = { ...this.props }
      return Object.entries(next).some(([name, value]) => last[name] !== value)
    }

    override render() {
      return createElement(of, this.props)
    }
  }
}
