/** Lets Node find the product's modules, which name each other without an ending, as its build does. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) => {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!specifier.startsWith('.')) throw error;
      return next(`${specifier}.ts`, context);
    }
  },
});
